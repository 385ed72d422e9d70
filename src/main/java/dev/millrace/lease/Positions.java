package dev.millrace.lease;

import dev.millrace.db.Tx;
import java.util.Optional;

/** Counts what will be claimed before a row. */
final class Positions {
    private static final String READY = "a.kind = ? and a.owner is null and a.rank is not null";

    private static final String ME = "select part, coalesce(rank, -1) as rank, priority, due_at from due_work"
            + " where kind = ? and id = ? and owner is null and (rank is not null or due_at = 9000000000000000)";
    private static final String UNUSUAL =
            "select count(*) from (select 1 from due_work where kind = ? and part = ? and " + Ranks.READY
                    + " and priority <> 0 limit 1) unusual";
    private static final String BEFORE_RANK = "select count(*) from (select 1 from due_work a where " + READY
            + " and a.rank <= ? and (a.rank < ? or a.id < ?) limit ?) ahead";
    private static final String BEFORE_IN_PART = "select count(*) from (select 1 from due_work a where " + READY
            + " and a.part = ? and (a.priority, a.due_at, a.id) < (?, ?, ?) limit ?) ahead";
    private static final String TURN = "select a.rank as rank, a.id as id from due_work a where " + READY
            + " and a.part = ? order by a.rank, a.id limit 1 offset ?";
    private static final String READY_ROWS =
            "select count(*) from (select 1 from due_work a where " + READY + " limit ?) ahead";
    private static final String PARKED_BEFORE = "select count(*) from (select 1 from due_work a where a.kind = ?"
            + " and a.part = ? and a.owner is null and a.rank is null and a.due_at = 9000000000000000"
            + " and (a.priority, a.id) < (?, ?) limit ?) ahead";

    /** @param rank negative when it is parked */
    private record Me(String part, long rank, long priority, long dueAt) {}

    /** A turn of a part, by the row that has its rank at the moment. */
    private record Turn(long rank, String holder) {}

    long of(Tx tx, String kind, String id, int cap) {
        Optional<Me> found = tx.one(
                ME,
                row -> new Me(row.text("part"), row.number("rank"), row.number("priority"), row.number("due_at")),
                kind,
                id);
        if (found.isEmpty()) {
            return 0;
        }
        Me me = found.get();
        return me.rank < 0 ? parked(tx, kind, id, me, cap) : ready(tx, kind, id, me, cap);
    }

    private static long ready(Tx tx, String kind, String id, Me me, int cap) {
        Turn turn = new Turn(me.rank, id);
        if (tx.count(UNUSUAL, kind, me.part) > 0) {
            long before = tx.count(BEFORE_IN_PART, kind, me.part, me.priority, me.dueAt, id, cap);
            turn = tx.one(TURN, row -> new Turn(row.number("rank"), row.text("id")), kind, me.part, before)
                    .orElse(turn);
        }
        return tx.count(BEFORE_RANK, kind, turn.rank, turn.rank, turn.holder, cap);
    }

    private static long parked(Tx tx, String kind, String id, Me me, int cap) {
        long before = tx.count(PARKED_BEFORE, kind, me.part, me.priority, id, cap);
        return Math.min(cap, before + tx.count(READY_ROWS, kind, cap));
    }
}
