package dev.millrace.audit.runs;

import dev.millrace.audit.Audit;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Moves on how far the transfers are verified, and keeps what they came to up to there, organization by organization: a few at a
 * time, so that no other write waits long. Whatever a crash leaves half done is right as it is: every organization's sums say how far they go.
 */
final class Mark {
    /** A transfer is of the moment at which its transaction began; none commits later than this. */
    static final Duration SETTLED = Duration.ofMinutes(15);

    private static final int AT_ONCE = 200;

    private static final String SUMS =
            "select d.organization, coalesce(s.through, -1) as before, d.available, d.held, d.platform from ("
                    + Audit.deltas() + " and t.created_at <= ? group by t.organization) d"
                    + " left join audit_sums s on s.organization = d.organization";

    private static final String ADD = """
            insert into audit_sums (organization, through, available, held, platform) values (?, ?, ?, ?, ?)
            on conflict (organization) do update set through = excluded.through,
                available = audit_sums.available + excluded.available, held = audit_sums.held + excluded.held,
                platform = audit_sums.platform + excluded.platform
            where audit_sums.through = ?""";

    private final Database database;
    private final Duration settled;

    private record Sum(String organization, long before, long available, long held, long platform) {}

    Mark(Database database, Duration settled) {
        this.database = database;
        this.settled = settled;
    }

    /**
     * Moves on to some time ago; does nothing when another node does it meanwhile.
     *
     * @param from where the mark was when the run began that found all well
     */
    void advance(Instant from, Instant began) {
        Instant to = began.minus(settled);
        if (!to.isAfter(from)) {
            return;
        }
        List<Sum> sums = database.read(tx -> tx.list(
                SUMS,
                row -> new Sum(
                        row.text("organization"),
                        row.number("before"),
                        row.number("available"),
                        row.number("held"),
                        row.number("platform")),
                from,
                to));
        for (int i = 0; i < sums.size(); i += AT_ONCE) {
            List<Sum> some = sums.subList(i, Math.min(sums.size(), i + AT_ONCE));
            if (!database.writer().<Boolean>write("audit", tx -> added(tx, some, to))) {
                return;
            }
        }
        database.writer().<Boolean>write("audit", tx -> moved(tx, from, to));
    }

    private static boolean added(Tx tx, List<Sum> sums, Instant to) {
        boolean all = true;
        for (Sum sum : sums) {
            all &= tx.won(ADD, sum.organization(), to, sum.available(), sum.held(), sum.platform(), sum.before());
        }
        return all;
    }

    private static boolean moved(Tx tx, Instant from, Instant to) {
        return from.equals(Instant.EPOCH)
                ? tx.won(
                        "insert into audit_watermark (name, through) values ('transfers', ?) on conflict (name) do nothing",
                        to)
                : tx.won("update audit_watermark set through = ? where name = 'transfers' and through = ?", to, from);
    }
}
