package dev.millrace.lease;

import dev.millrace.db.Row;
import java.util.Comparator;

/** The SQL of the queue's order, shared by those who add to it and those who take from it. */
final class Ranks {
    static final String READY = "owner is null and rank is not null";
    static final String DELAYED = "owner is null and rank is null";
    static final String MINE = " where kind = ? and id = ? and fence = ? and owner is not null";

    /** The smallest ready rank of a kind; takes the kind. */
    static final String FRONT =
            "(select f.rank from due_work f where f.kind = ? and f.owner is null and f.rank is not null"
                    + " order by f.rank limit 1)";

    /** One more than the last ready rank of a part; takes the kind and the part. */
    private static final String BEHIND =
            "(select b.rank + 1 from due_work b where b.kind = ? and b.part = ? and b.owner is null"
                    + " and b.rank is not null order by b.rank desc limit 1)";

    /** The fair rank of a new ready row; takes kind, kind, part. */
    static final String RANK =
            "(select coalesce(max(v.r), 0) from (select " + FRONT + " as r union all select " + BEHIND + ") v)";

    private Ranks() {}

    static Claim claim(String kind, Row row) {
        return new Claim(
                kind, row.text("id"), row.text("part"), row.number("fence"), Math.toIntExact(row.number("attempts")));
    }

    /** A claim with its place in the order, which {@code returning} does not keep. */
    record Ranked(Claim claim, long rank) {
        static final Comparator<Ranked> ORDER = Comparator.comparingLong(Ranked::rank)
                .thenComparing(ranked -> ranked.claim().id());

        static Ranked read(String kind, Row row) {
            return new Ranked(Ranks.claim(kind, row), row.number("rank"));
        }
    }
}
