package dev.millrace.lease;

import dev.millrace.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The leases of owners, by the database's clock: one row for each node and kind, whatever it has claimed. */
final class Owners {
    private static final String EXTEND = "insert into work_owners (kind, owner, lease_until) values (?, ?, ?)"
            + " on conflict (kind, owner) do update set lease_until = excluded.lease_until";

    /** Gives the owner its lease anew. */
    void extend(Tx tx, String kind, String owner, Duration lease) {
        tx.update(EXTEND, kind, owner, tx.now().plus(lease));
    }

    /** The same, and whether it still had one: if not, others may have taken what it had claimed. */
    boolean renew(Tx tx, String kind, String owner, Duration lease) {
        boolean had = tx.won(
                "update work_owners set lease_until = ? where kind = ? and owner = ? and lease_until > ?",
                tx.now().plus(lease),
                kind,
                owner,
                tx.now());
        if (!had) {
            extend(tx, kind, owner, lease);
        }
        return had;
    }

    /** Ends the lease at once, and so every claim of the owner. */
    void end(Tx tx, String kind, String owner) {
        tx.update("update work_owners set lease_until = ? where kind = ? and owner = ?", Instant.EPOCH, kind, owner);
    }

    /** Whose lease has run out. */
    List<String> gone(Tx tx, String kind) {
        return tx.list(
                "select owner from work_owners where kind = ? and lease_until <= ?",
                row -> row.text("owner"),
                kind,
                tx.now());
    }

    /** Forgets an owner whose lease has run out once nothing is claimed by it any more. */
    void forget(Tx tx, String kind, String owner) {
        tx.update(
                "delete from work_owners where kind = ? and owner = ? and lease_until <= ? and not exists"
                        + " (select 1 from due_work d where d.kind = ? and d.owner = ?)",
                kind,
                owner,
                tx.now(),
                kind,
                owner);
    }
}
