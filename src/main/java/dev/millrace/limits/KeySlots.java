package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import java.util.Optional;

/** Counts the open jobs of those keys that have a limit of their own. */
final class KeySlots {
    /** Takes a slot; true also for a key without a limit. */
    boolean take(Tx tx, KeyId key) {
        return most(tx, key).isEmpty()
                || tx.won(
                        "update key_job_slots set open_jobs = open_jobs + 1 where key_id = ? and open_jobs < max_open",
                        key);
    }

    void giveBack(Tx tx, KeyId key) {
        tx.won("update key_job_slots set open_jobs = open_jobs - 1 where key_id = ? and open_jobs > 0", key);
    }

    Optional<Long> most(Tx tx, KeyId key) {
        return tx.one("select max_open from key_job_slots where key_id = ?", row -> row.number("max_open"), key);
    }

    void set(Tx tx, KeyId key, long open, long most) {
        tx.update(
                "insert into key_job_slots (key_id, open_jobs, max_open) values (?, ?, ?)"
                        + " on conflict (key_id) do update set open_jobs = excluded.open_jobs, max_open = excluded.max_open",
                key,
                open,
                most);
    }
}
