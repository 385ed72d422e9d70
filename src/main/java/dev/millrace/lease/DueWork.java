package dev.millrace.lease;

import dev.millrace.db.Row;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of due work. A row is <em>delayed</em> (due later, no rank), <em>ready</em> (a rank, no owner) or
 * <em>claimed</em> (an owner, a lease by the database's clock).
 *
 * <p>Ready rows are claimed in the order of their ranks, which are start-time fair queueing tags: a row's rank is one more
 * than that of the last ready row of its part, and at least the smallest ready rank. So the parts take turns, and nobody waits behind
 * another's backlog. Every method takes time that grows with the logarithm of the number of rows.
 */
public final class DueWork {
    /** How many expired or newly due rows one claim makes ready at most, beyond what it claims. */
    private static final int SLACK = 64;

    private static final String READY = "owner is null and rank is not null";
    private static final String DELAYED = "owner is null and rank is null";

    /** The smallest ready rank of a kind; takes the kind. */
    private static final String FRONT =
            "(select f.rank from due_work f where f.kind = ? and f.owner is null and f.rank is not null"
                    + " order by f.rank limit 1)";
    /** One more than the last ready rank of a part; takes the kind and the part. */
    private static final String BEHIND =
            "(select b.rank + 1 from due_work b where b.kind = ? and b.part = ? and b.owner is null"
                    + " and b.rank is not null order by b.rank desc limit 1)";
    /** The fair rank of a new ready row; takes kind, kind, part. */
    private static final String RANK =
            "(select coalesce(max(v.r), 0) from (select " + FRONT + " as r union all select " + BEHIND + ") v)";

    private static final String MINE = " where kind = ? and id = ? and fence = ? and owner is not null";

    private static final String ADD_READY = "insert into due_work (kind, id, part, due_at, rank) values (?, ?, ?, ?, "
            + RANK + ") on conflict (kind, id) do nothing";
    private static final String ADD_DELAYED =
            "insert into due_work (kind, id, part, due_at) values (?, ?, ?, ?)" + " on conflict (kind, id) do nothing";

    private static final String CLAIM_HEAD =
            "with picked as (select id from due_work where kind = ? and " + READY + " order by rank, id limit ?";
    private static final String CLAIM_TAIL = ") update due_work set owner = ?, lease_until = ?, fence = fence + 1,"
            + " attempts = attempts + 1 where kind = ? and id in (select id from picked)"
            + " returning id, part, rank, fence, attempts";

    private static final String EXPIRED_HEAD = "with expired as (select id from due_work where kind = ?"
            + " and owner is not null and lease_until <= ? order by lease_until limit ?";
    private static final String EXPIRED_TAIL = ") update due_work set owner = null, lease_until = null,"
            + " rank = coalesce(" + FRONT + ", rank, 0) where kind = ? and id in (select id from expired)";

    private static final String DUE = "select id, part, fence, attempts, 0 as rank from due_work where kind = ? and "
            + DELAYED + " and due_at <= ? order by due_at limit ?";
    private static final String QUEUE =
            "update due_work set rank = " + RANK + " where kind = ? and id = ? and " + DELAYED;

    /**
     * Adds work, unless the kind already has a row with this id.
     *
     * @param part whose work it is; the parts of a kind take turns
     * @param dueAt when it may be claimed; work that is due by the database's clock is queued at once
     * @return whether it was added
     */
    public boolean add(Tx tx, String kind, String id, String part, Instant dueAt) {
        return dueAt.isAfter(tx.now())
                ? tx.won(ADD_DELAYED, kind, id, part, dueAt)
                : tx.won(ADD_READY, kind, id, part, dueAt, kind, kind, part);
    }

    /** Claims up to {@code max} rows that are due, or whose lease has run out, in fair order; none is claimed by two. */
    public List<Claim> claim(Tx tx, String kind, String owner, int max, Duration lease) {
        Instant now = tx.now();
        requeueExpired(tx, kind, now, max + SLACK);
        queueDue(tx, kind, now, max + SLACK);
        String sql = CLAIM_HEAD + tx.dialect().skipLocked() + CLAIM_TAIL;
        List<Ranked> claimed = tx.list(sql, row -> ranked(kind, row), kind, max, owner, now.plus(lease), kind);
        return claimed.stream().sorted(Ranked.ORDER).map(Ranked::claim).toList();
    }

    /**
     * Whether the claim still stands, inside the caller's transaction; it locks the row until the commit, so that nobody
     * claims it meanwhile. A lease that has run out but that nobody else claimed still stands.
     */
    public boolean holds(Tx tx, Claim claim) {
        return tx.won("update due_work set attempts = attempts" + MINE, claim.kind(), claim.id(), claim.fence());
    }

    /** Removes the row, the work being done; false when the claim no longer stands: then undo everything. */
    public boolean finish(Tx tx, Claim claim) {
        return tx.won("delete from due_work" + MINE, claim.kind(), claim.id(), claim.fence());
    }

    /** Gives the claim back and makes the work due at another time; false when the claim no longer stands. */
    public boolean reschedule(Tx tx, Claim claim, Instant dueAt) {
        String set = "update due_work set owner = null, lease_until = null, due_at = ?, rank = ";
        return dueAt.isAfter(tx.now())
                ? tx.won(set + "null" + MINE, dueAt, claim.kind(), claim.id(), claim.fence())
                : tx.won(
                        set + RANK + MINE,
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
        return tx.won("update due_work set due_at = ? where kind = ? and id = ? and " + DELAYED, dueAt, kind, id);
    }

    /** Removes work that nobody has claimed; false when it is claimed, done, or was never there. */
    public boolean removeUnclaimed(Tx tx, String kind, String id) {
        return tx.won("delete from due_work where kind = ? and id = ? and owner is null", kind, id);
    }

    /** Renews every lease of the owner in this kind, and tells which those are. */
    public List<Claim> renew(Tx tx, String kind, String owner, Duration lease) {
        return tx.list(
                "update due_work set lease_until = ? where kind = ? and owner = ? returning id, part, fence, attempts",
                row -> claim(kind, row),
                tx.now().plus(lease),
                kind,
                owner);
    }

    /** Makes ready, at the front, what others than this owner have claimed: for a node that knows it is the only one. */
    public int takeOver(Tx tx, String kind, String owner) {
        return tx.update(
                "update due_work set owner = null, lease_until = null, rank = coalesce(" + FRONT
                        + ", rank, 0) where kind = ? and owner <> ?",
                kind,
                kind,
                owner);
    }

    /**
     * How many ready rows will be claimed before this one, counted up to {@code cap}; 0 when it is next, is claimed, is
     * not due yet, or is not there.
     */
    public long position(Tx tx, String kind, String id, int cap) {
        return tx.count(
                "select count(*) from (select 1 from due_work a, (select rank as r, id as i from due_work where kind = ?"
                        + " and id = ? and " + READY
                        + ") me where a.kind = ? and a.owner is null and a.rank is not null"
                        + " and a.rank <= me.r and (a.rank < me.r or a.id < me.i) limit ?) ahead",
                kind,
                id,
                kind,
                cap);
    }

    private static void requeueExpired(Tx tx, String kind, Instant now, int max) {
        tx.update(EXPIRED_HEAD + tx.dialect().skipLocked() + EXPIRED_TAIL, kind, now, max, kind, kind);
    }

    private static void queueDue(Tx tx, String kind, Instant now, int max) {
        List<Ranked> due = tx.list(DUE + tx.dialect().skipLocked(), row -> ranked(kind, row), kind, now, max);
        for (Ranked row : due) {
            Claim work = row.claim();
            tx.won(QUEUE, kind, kind, work.part(), kind, work.id());
        }
    }

    /** Every statement of an addition or a claim, for the test that none of them scans. */
    static List<String> statements(SqlDialect dialect) {
        String locks = dialect.skipLocked();
        return List.of(
                ADD_READY, EXPIRED_HEAD + locks + EXPIRED_TAIL, DUE + locks, QUEUE, CLAIM_HEAD + locks + CLAIM_TAIL);
    }

    private static Ranked ranked(String kind, Row row) {
        return new Ranked(claim(kind, row), row.number("rank"));
    }

    private static Claim claim(String kind, Row row) {
        return new Claim(
                kind, row.text("id"), row.text("part"), row.number("fence"), Math.toIntExact(row.number("attempts")));
    }

    /** A claim with its place in the order, which {@code returning} does not keep. */
    private record Ranked(Claim claim, long rank) {
        static final Comparator<Ranked> ORDER = Comparator.comparingLong(Ranked::rank)
                .thenComparing(ranked -> ranked.claim().id());
    }
}
