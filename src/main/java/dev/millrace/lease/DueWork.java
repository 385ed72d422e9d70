package dev.millrace.lease;

import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of due work. A row is <em>delayed</em> (due later, no rank), <em>ready</em> (a rank, no owner), <em>claimed</em>
 * (an owner, whose lease runs by the database's clock), or <em>parked</em> (due never, until room is made for it).
 *
 * <p>Ready rows are claimed in the order of their ranks, which are start-time fair queueing tags: a row's rank is one more
 * than that of the last ready row of its part, and at least the smallest ready rank. So the parts take turns, and nobody waits behind
 * another's backlog. Within a part the priority decides, and then the age. Every method takes time that grows with the logarithm
 * of the number of rows.
 */
public final class DueWork {
    /** The priority of work that asks for none; less is sooner. */
    public static final int USUAL = 0;

    /** When parked rows are due; the index of parked rows names it too. */
    private static final Instant NEVER = Instant.ofEpochSecond(9_000_000_000L);

    private static final String ADD_READY =
            "insert into due_work (kind, id, part, due_at, priority, rank) values (?, ?, ?, ?, ?, " + Ranks.RANK
                    + ") on conflict (kind, id) do nothing";
    private static final String ADD_DELAYED = "insert into due_work (kind, id, part, due_at, priority)"
            + " values (?, ?, ?, ?, ?) on conflict (kind, id) do nothing";
    private static final String PARKED = Ranks.DELAYED + " and due_at = 9000000000000000";
    private static final String UNPARK =
            "update due_work set due_at = ?, rank = " + Ranks.RANK + " where kind = ? and id = ? and " + PARKED;

    private final Owners owners = new Owners();
    private final Claiming claiming = new Claiming(owners);
    private final Positions positions = new Positions();

    /**
     * Adds work of the usual priority, unless the kind already has a row with this id.
     *
     * @param part whose work it is; the parts of a kind take turns
     * @param dueAt when it may be claimed; work that is due by the database's clock is queued at once
     * @return whether it was added
     */
    public boolean add(Tx tx, String kind, String id, String part, Instant dueAt) {
        return add(tx, kind, id, part, dueAt, USUAL);
    }

    /** The same with a priority among the rows of its part. */
    public boolean add(Tx tx, String kind, String id, String part, Instant dueAt, int priority) {
        return dueAt.isAfter(tx.now())
                ? tx.won(ADD_DELAYED, kind, id, part, dueAt, priority)
                : tx.wonLater(ADD_READY, kind, id, part, dueAt, priority, kind, kind, part);
    }

    /** Adds work that is not claimed before {@link #unpark} lets it go. */
    public boolean park(Tx tx, String kind, String id, String part, int priority) {
        return tx.won(ADD_DELAYED, kind, id, part, NEVER, priority);
    }

    /** Lets a parked row of a part go; false when it is not parked. */
    public boolean unpark(Tx tx, String kind, String part, String id) {
        return tx.won(UNPARK, tx.now(), kind, kind, part, kind, id);
    }

    /** Removes work that is parked; false when it is not. */
    public boolean removeParked(Tx tx, String kind, String id) {
        return tx.won("delete from due_work where kind = ? and id = ? and " + PARKED, kind, id);
    }

    /**
     * Claims up to {@code max} rows that are due, or whose owner's lease has run out, in fair order; none is claimed by two. The
     * owner's lease is extended when it gets any.
     */
    public List<Claim> claim(Tx tx, String kind, String owner, int max, Duration lease) {
        return claiming.claim(tx, kind, owner, max, lease);
    }

    /**
     * Whether the claim still stands, inside the caller's transaction; it locks the row until the commit, so that nobody
     * claims it meanwhile. A claim whose lease has run out but that nobody else claimed still stands.
     */
    public boolean holds(Tx tx, Claim claim) {
        return tx.wonLater(
                "update due_work set attempts = attempts" + Ranks.MINE, claim.kind(), claim.id(), claim.fence());
    }

    /** Removes the row, the work being done; false when the claim no longer stands: then undo everything. */
    public boolean finish(Tx tx, Claim claim) {
        return tx.wonLater("delete from due_work" + Ranks.MINE, claim.kind(), claim.id(), claim.fence());
    }

    /** Gives the claim back and makes the work due at another time; false when the claim no longer stands. */
    public boolean reschedule(Tx tx, Claim claim, Instant dueAt) {
        String set = "update due_work set owner = null, lease_until = null, due_at = ?, rank = ";
        return dueAt.isAfter(tx.now())
                ? tx.won(set + "null" + Ranks.MINE, dueAt, claim.kind(), claim.id(), claim.fence())
                : tx.won(
                        set + Ranks.RANK + Ranks.MINE,
                        dueAt,
                        claim.kind(),
                        claim.kind(),
                        claim.part(),
                        claim.kind(),
                        claim.id(),
                        claim.fence());
    }

    /** Puts delayed work off to a later time; false when it is ready, claimed, done, or was never there. */
    public boolean putOff(Tx tx, String kind, String id, Instant dueAt) {
        return tx.won("update due_work set due_at = ? where kind = ? and id = ? and " + Ranks.DELAYED, dueAt, kind, id);
    }

    /** Removes work that nobody has claimed; false when it is claimed, done, or was never there. */
    public boolean removeUnclaimed(Tx tx, String kind, String id) {
        return tx.won("delete from due_work where kind = ? and id = ? and owner is null", kind, id);
    }

    /** Renews the owner's lease in this kind; false when it had run out, and others may have claimed what it had. */
    public boolean renew(Tx tx, String kind, String owner, Duration lease) {
        return owners.renew(tx, kind, owner, lease);
    }

    /** Everything that the owner has claimed in this kind. */
    public List<Claim> claimed(Tx tx, String kind, String owner) {
        return tx.list(
                "select id, part, fence, attempts from due_work where kind = ? and owner = ?",
                row -> Ranks.claim(kind, row),
                kind,
                owner);
    }

    /** Gives back everything that the owner has claimed, as if it had not been claimed: for a node that ends in good order. */
    public int leave(Tx tx, String kind, String owner, int max) {
        int left = tx.update(
                "update due_work set owner = null, lease_until = null, attempts = attempts - 1, rank = coalesce("
                        + Ranks.FRONT + ", rank, 0) where (kind, id) in"
                        + " (select c.kind, c.id from due_work c where c.kind = ? and c.owner = ? limit ?)",
                kind,
                kind,
                owner,
                max);
        owners.end(tx, kind, owner);
        return left;
    }

    /** Makes ready, at the front, what others than this owner have claimed: for a node that knows it is the only one. */
    public int takeOver(Tx tx, String kind, String owner) {
        return tx.update(
                "update due_work set owner = null, lease_until = null, rank = coalesce(" + Ranks.FRONT
                        + ", rank, 0) where kind = ? and owner <> ?",
                kind,
                kind,
                owner);
    }

    /**
     * How many rows will be claimed before this one, counted up to {@code cap}; 0 when it is next, is claimed, is
     * not due yet, or is not there. For a parked row those are what is ready and what is parked before it in its part.
     */
    public long position(Tx tx, String kind, String id, int cap) {
        return positions.of(tx, kind, id, cap);
    }

    /** Every statement of an addition or a claim, for the test that none of them scans. */
    static List<String> statements(SqlDialect dialect) {
        List<String> all = new ArrayList<>(List.of(ADD_READY, UNPARK));
        all.addAll(Claiming.statements(dialect));
        all.addAll(Turns.statements(dialect));
        return all;
    }
}
