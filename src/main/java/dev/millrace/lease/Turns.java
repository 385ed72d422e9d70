package dev.millrace.lease;

import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.lease.Ranks.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Claims where some rows have a priority. Ranks say when a part has its turn, priorities which of its rows takes it: that row and
 * the one that has the turn's rank change ranks. So a part gets no more turns than without priorities, and within a priority the
 * oldest row goes first, whatever its rank.
 */
final class Turns {
    private static final String UNUSUAL =
            "select 1 as found from due_work where kind = ? and " + Ranks.READY + " and priority <> 0 limit 1";
    private static final String NEXT = "select id, part, rank, fence, attempts from due_work where kind = ? and "
            + Ranks.READY + " order by rank, id limit ?";
    private static final String BEST =
            "select id, part, rank, fence, attempts from due_work where kind = ? and part = ? and " + Ranks.READY
                    + " order by priority, due_at, id limit ?";
    private static final String TAKE = "update due_work set owner = ?, rank = ?, fence = fence + 1,"
            + " attempts = attempts + 1 where kind = ? and id = ? and " + Ranks.READY
            + " returning id, part, rank, fence, attempts";
    private static final String MOVE = "update due_work set rank = ? where kind = ? and id = ? and " + Ranks.READY;

    /** Whether any ready row of the kind has another priority than the usual one. */
    boolean needed(Tx tx, String kind) {
        return tx.one(UNUSUAL, row -> row.number("found"), kind).isPresent();
    }

    List<Ranked> claim(Tx tx, String kind, String owner, int max) {
        String locks = tx.dialect().skipLocked();
        Map<String, List<Ranked>> turns = new LinkedHashMap<>();
        for (Ranked turn : tx.list(NEXT + locks, row -> Ranked.read(kind, row), kind, max)) {
            turns.computeIfAbsent(turn.claim().part(), part -> new ArrayList<>())
                    .add(turn);
        }
        List<Ranked> claimed = new ArrayList<>();
        turns.forEach((part, own) -> {
            List<Ranked> best = tx.list(BEST + locks, row -> Ranked.read(kind, row), kind, part, own.size());
            claimed.addAll(taken(tx, kind, owner, own, best));
        });
        return claimed;
    }

    private static List<Ranked> taken(Tx tx, String kind, String owner, List<Ranked> turns, List<Ranked> best) {
        List<Ranked> claimed = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            claimed.addAll(tx.list(
                    TAKE,
                    row -> Ranked.read(kind, row),
                    owner,
                    turns.get(i).rank(),
                    kind,
                    best.get(i).claim().id()));
        }
        // Who had a turn and did not take it gets, in its place, the rank of one who did and had a later one.
        List<Ranked> displaced = without(turns, best);
        List<Ranked> risen = without(best, turns);
        for (int i = 0; i < Math.min(displaced.size(), risen.size()); i++) {
            tx.won(MOVE, risen.get(i).rank(), kind, displaced.get(i).claim().id());
        }
        return claimed;
    }

    private static List<Ranked> without(List<Ranked> all, List<Ranked> others) {
        List<String> ids = others.stream().map(other -> other.claim().id()).toList();
        return all.stream().filter(one -> !ids.contains(one.claim().id())).toList();
    }

    static List<String> statements(SqlDialect dialect) {
        return List.of(UNUSUAL, NEXT + dialect.skipLocked(), BEST + dialect.skipLocked());
    }
}
