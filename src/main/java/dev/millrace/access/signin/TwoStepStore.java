package dev.millrace.access.signin;

import dev.millrace.db.Tx;
import dev.millrace.id.PersonId;
import java.util.Optional;

/** The columns of {@code people} about their second step, and the rows of {@code recovery_codes}. */
final class TwoStepStore {
    boolean begin(Tx tx, PersonId person, byte[] sealed) {
        return tx.won(
                "update people set totp_sealed = ?, totp_last_step = 0 where id = ? and totp_since is null",
                sealed,
                person);
    }

    Optional<byte[]> pending(Tx tx, PersonId person) {
        return tx.one(
                "select totp_sealed from people where id = ? and totp_since is null and totp_sealed is not null",
                row -> row.bytes("totp_sealed"),
                person);
    }

    Optional<byte[]> secret(Tx tx, PersonId person) {
        return tx.one(
                "select totp_sealed from people where id = ? and totp_since is not null",
                row -> row.bytes("totp_sealed"),
                person);
    }

    boolean confirm(Tx tx, PersonId person) {
        return tx.won("update people set totp_since = ? where id = ? and totp_since is null", tx.now(), person);
    }

    /** A step is taken once, and none before it any more. */
    boolean take(Tx tx, PersonId person, long step) {
        return tx.won("update people set totp_last_step = ? where id = ? and totp_last_step < ?", step, person, step);
    }

    void addRecovery(Tx tx, PersonId person, byte[] hash) {
        tx.update("insert into recovery_codes (person, hash) values (?, ?)", person, hash);
    }

    boolean useRecovery(Tx tx, PersonId person, byte[] hash) {
        return tx.won("delete from recovery_codes where person = ? and hash = ?", person, hash);
    }

    void end(Tx tx, PersonId person) {
        tx.update("update people set totp_sealed = null, totp_since = null where id = ?", person);
        tx.update("delete from recovery_codes where person = ?", person);
    }
}
