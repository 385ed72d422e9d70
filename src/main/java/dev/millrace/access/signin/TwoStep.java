package dev.millrace.access.signin;

import com.bastiaanjansen.otp.SecretGenerator;
import com.bastiaanjansen.otp.TOTPGenerator;
import dev.millrace.crypto.Digest;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.PersonId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The second step of signing in: codes of an authenticator (TOTP, RFC 6238: six digits, every 30 seconds, one step of grace either way), and
 * recovery codes for who has lost it. Each code is taken once. The secret is sealed, recovery codes are hashed. Safe for all threads.
 */
public final class TwoStep {
    private static final int SECRET_BITS = 160;
    private static final int STEP_SECONDS = 30;
    private static final int CODES = 10;
    private static final int CODE_LETTERS = 16;

    private final Seal seal;
    private final IdSource ids;
    private final TwoStepStore store = new TwoStepStore();

    public TwoStep(Seal seal, IdSource ids) {
        this.seal = seal;
        this.ids = ids;
    }

    /**
     * A new secret, in base 32, for the person's authenticator. It counts once it is confirmed.
     *
     * @return empty when the person signs in with two steps already
     */
    public Optional<String> begin(Tx tx, PersonId person) {
        byte[] secret = SecretGenerator.generate(SECRET_BITS);
        return store.begin(tx, person, seal.seal(secret, context(person)))
                ? Optional.of(new String(secret, StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    /**
     * Lets signing in take two steps from now on, for who shows a code of his new secret.
     *
     * @return the recovery codes, of which these are the only copies; empty when the code is wrong or nothing was begun
     */
    public Optional<List<String>> confirm(Tx tx, PersonId person, String code) {
        Optional<byte[]> pending = store.pending(tx, person);
        if (pending.isEmpty() || !current(tx, person, pending.get(), code) || !store.confirm(tx, person)) {
            return Optional.empty();
        }
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            String recovery = ids.text(CODE_LETTERS);
            store.addRecovery(tx, person, hash(recovery));
            codes.add(recovery);
        }
        return Optional.of(codes);
    }

    /** Whether that is a code of his authenticator, or a recovery code; it is used up by that. */
    public boolean passes(Tx tx, PersonId person, String code) {
        String plain = code.strip();
        return store.secret(tx, person)
                        .filter(secret -> current(tx, person, secret, plain))
                        .isPresent()
                || plain.length() == CODE_LETTERS && store.useRecovery(tx, person, hash(plain));
    }

    /** Lets signing in take one step again. */
    public void end(Tx tx, PersonId person) {
        store.end(tx, person);
    }

    private boolean current(Tx tx, PersonId person, byte[] secret, String code) {
        TOTPGenerator generator = TOTPGenerator.withDefaultValues(seal.open(secret, context(person)));
        long now = tx.now().getEpochSecond() / STEP_SECONDS;
        for (long step = now - 1; step <= now + 1; step++) {
            byte[] expected = generator.at(step * STEP_SECONDS).getBytes(StandardCharsets.US_ASCII);
            if (Digest.same(expected, code.getBytes(StandardCharsets.UTF_8))) {
                return store.take(tx, person, step);
            }
        }
        return false;
    }

    private static byte[] hash(String recovery) {
        return Digest.sha256("recovery:" + recovery);
    }

    private static String context(PersonId person) {
        return "person:" + person + ":totp";
    }
}
