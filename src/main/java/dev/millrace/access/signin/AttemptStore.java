package dev.millrace.access.signin;

import dev.millrace.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code attempts}. */
final class AttemptStore {
    /** When the subject is free again; empty when it is. */
    Optional<Instant> lockedUntil(Tx tx, String subject) {
        return tx.one(
                "select locked_until from attempts where subject = ? and locked_until > ?",
                row -> row.instant("locked_until"),
                subject,
                tx.now());
    }

    /** Counts one more; at the limit it is locked until then, and counted from nothing afterwards. */
    void count(Tx tx, String subject, Instant windowStart, int limit, Instant lockedUntil) {
        tx.update("""
                insert into attempts (subject, failures, since, locked_until) values (?, 1, ?, 0)
                on conflict (subject) do update set
                    failures = case when attempts.since <= ? then 1 else attempts.failures + 1 end,
                    since = case when attempts.since <= ? then excluded.since else attempts.since end
                """, subject, tx.now(), windowStart, windowStart);
        tx.update(
                "update attempts set locked_until = ?, failures = 0 where subject = ? and failures >= ?",
                lockedUntil,
                subject,
                limit);
    }

    void forget(Tx tx, String subject) {
        tx.update("delete from attempts where subject = ?", subject);
    }

    int prune(Tx tx, Instant before, int limit) {
        return tx.update("""
                delete from attempts where subject in (
                    select subject from attempts where since <= ? and locked_until <= ? order by since limit ?)
                """, before, tx.now(), limit);
    }
}
