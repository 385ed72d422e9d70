package dev.millrace.lease;

import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.lease.Ranks.Ranked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes ready rows for an owner, in fair order, once what is due or was left behind has been made ready. */
final class Claiming {
    /** How many left or newly due rows one claim makes ready at most, beyond what it claims. */
    private static final int SLACK = 64;

    /*
     * The picked rows are named by their whole key and by nothing else, so that looking each up is the only way: were their kind named
     * too, PostgreSQL would go through every row of the kind for what it picked, by a plan from when there were few.
     */
    private static final String HEAD = "with picked as (select kind, id from due_work where kind = ? and " + Ranks.READY
            + " order by rank, id limit ?";
    private static final String TAIL = ") update due_work set owner = ?, fence = fence + 1,"
            + " attempts = attempts + 1 where (kind, id) in (select kind, id from picked)"
            + " returning id, part, rank, fence, attempts";

    private static final String REQUEUE = " update due_work set owner = null, lease_until = null, rank = coalesce("
            + Ranks.FRONT + ", rank, 0) where (kind, id) in (select kind, id from left_behind)";
    private static final String LEFT_HEAD =
            "with left_behind as (select kind, id from due_work where kind = ? and owner = ? limit ?";
    private static final String ENDED_HEAD = "with left_behind as (select kind, id from due_work where kind = ?"
            + " and lease_until is not null and lease_until <= ? order by lease_until limit ?";

    private static final String DUE = "select id, part, fence, attempts, 0 as rank from due_work where kind = ? and "
            + Ranks.DELAYED + " and due_at <= ? order by due_at limit ?";
    private static final String QUEUE =
            "update due_work set rank = " + Ranks.RANK + " where kind = ? and id = ? and " + Ranks.DELAYED;

    private final Owners owners;
    private final Turns turns = new Turns();

    Claiming(Owners owners) {
        this.owners = owners;
    }

    List<Claim> claim(Tx tx, String kind, String owner, int max, Duration lease) {
        requeueLeft(tx, kind, max + SLACK);
        queueDue(tx, kind, tx.now(), max + SLACK);
        List<Ranked> claimed = new ArrayList<>(
                turns.needed(tx, kind)
                        ? turns.claim(tx, kind, owner, max)
                        : tx.list(
                                HEAD + tx.dialect().skipLocked() + TAIL,
                                row -> Ranked.read(kind, row),
                                kind,
                                max,
                                owner));
        if (!claimed.isEmpty()) {
            owners.extend(tx, kind, owner, lease);
        }
        claimed.sort(Ranked.ORDER);
        return claimed.stream().map(Ranked::claim).toList();
    }

    /** What an owner held whose lease has run out, and claims whose own time is over, go to the front. */
    private void requeueLeft(Tx tx, String kind, int max) {
        String locks = tx.dialect().skipLocked();
        tx.update(ENDED_HEAD + locks + ")" + REQUEUE, kind, tx.now(), max, kind);
        for (String owner : owners.gone(tx, kind)) {
            tx.update(LEFT_HEAD + locks + ")" + REQUEUE, kind, owner, max, kind);
            owners.forget(tx, kind, owner);
        }
    }

    private static void queueDue(Tx tx, String kind, Instant now, int max) {
        List<Ranked> due = tx.list(DUE + tx.dialect().skipLocked(), row -> Ranked.read(kind, row), kind, now, max);
        for (Ranked row : due) {
            Claim work = row.claim();
            tx.won(QUEUE, kind, kind, work.part(), kind, work.id());
        }
    }

    static List<String> statements(SqlDialect dialect) {
        String locks = dialect.skipLocked();
        return List.of(
                ENDED_HEAD + locks + ")" + REQUEUE,
                LEFT_HEAD + locks + ")" + REQUEUE,
                DUE + locks,
                QUEUE,
                HEAD + locks + TAIL);
    }
}
