package dev.millrace.access.signin;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.PersonId;
import dev.millrace.problem.Problem;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets people take up two-step sign-in and give it up, by codes that they show. Safe for all threads. */
public final class TwoStepChanges {
    private final Database database;
    private final TwoStep twoStep;
    private final Attempts attempts;
    private final Trail trail;

    public TwoStepChanges(Database database, TwoStep twoStep, Attempts attempts, Trail trail) {
        this.database = database;
        this.twoStep = twoStep;
        this.attempts = attempts;
        this.trail = trail;
    }

    /**
     * A new secret, in base 32; it counts once a code of it was shown.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when signing in takes two steps already
     */
    public String begin(SignedIn who) {
        PersonId id = who.person().id();
        return database.writer()
                .<Optional<String>>write(id.text(), tx -> twoStep.begin(tx, id))
                .orElseThrow(() -> Problem.parameter("totp", "is on already: end it first.")
                        .toException());
    }

    /** A secret as authenticators read it, from a link or a QR code. */
    public static String uri(SignedIn who, String secret) {
        String email = URLEncoder.encode(who.person().email().text(), StandardCharsets.UTF_8);
        return "otpauth://totp/Millrace:" + email + "?secret=" + secret + "&issuer=Millrace";
    }

    /**
     * Signing in takes two steps from now on.
     *
     * @param code of the new secret
     * @return the recovery codes, of which these are the only copies
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} for a code that is wrong; {@code RATE_LIMITED} with
     *     Retry-After
     */
    public List<String> confirm(SignedIn who, String code) {
        PersonId id = who.person().id();
        attempts.check(who.person().email(), who.address());
        Optional<List<String>> codes = database.writer().write(id.text(), tx -> {
            Optional<List<String>> made = twoStep.confirm(tx, id, plain(code));
            if (made.isPresent()) {
                trail.write(tx, who.actor(), "person.totp_on", "person:" + id, Map.of());
            }
            return made;
        });
        return codes.orElseThrow(() -> failed(who));
    }

    /**
     * Signing in takes one step again.
     *
     * @param code of the authenticator, or a recovery code
     * @throws dev.millrace.problem.ProblemException as for {@link #confirm}
     */
    public void end(SignedIn who, String code) {
        PersonId id = who.person().id();
        attempts.check(who.person().email(), who.address());
        boolean ended = database.writer().<Boolean>write(id.text(), tx -> {
            attempts.check(tx, who.person().email(), who.address());
            if (!twoStep.passes(tx, id, plain(code))) {
                attempts.failed(tx, who.person().email(), who.address());
                return false;
            }
            twoStep.end(tx, id);
            trail.write(tx, who.actor(), "person.totp_off", "person:" + id, Map.of());
            return true;
        });
        if (!ended) {
            throw Unauthenticated.CODE.exception();
        }
    }

    /**
     * The same for somebody who has lost every code, by whoever runs the installation.
     *
     * @return false when signing in takes him no second step
     */
    public boolean end(Tx tx, Actor by, Person person) {
        if (!person.twoStep()) {
            return false;
        }
        twoStep.end(tx, person.id());
        trail.write(tx, by, "person.totp_off", "person:" + person.id(), Map.of("how", "operator"));
        return true;
    }

    private RuntimeException failed(SignedIn who) {
        attempts.failed(who.person().email(), who.address());
        return Unauthenticated.CODE.exception();
    }

    private static String plain(String code) {
        return code.replace(" ", "");
    }
}
