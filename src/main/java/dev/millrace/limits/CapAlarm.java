package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Tells that a window passed a threshold, once, in the transaction of the charge that did it. Of a cap that was raised the thresholds
 * that are ahead again are told again.
 */
final class CapAlarm {
    private static final List<Long> THRESHOLDS = List.of(100L, 80L, 50L);

    private static final String WINDOW = " organization = ? and subject = ? and period = ? and starts_at = ?";

    private final Trail trail;

    CapAlarm(Trail trail) {
        this.trail = trail;
    }

    /** The highest threshold that so much of a limit has reached; 0 for none. */
    static long reached(Money spent, Money limit) {
        if (!limit.isPositive()) {
            return 0;
        }
        return THRESHOLDS.stream()
                .filter(threshold -> spent.compareTo(limit.timesRatio(threshold, 100)) >= 0)
                .findFirst()
                .orElse(0L);
    }

    /** Looks at a window whose cap was set, and may have another limit than before. */
    void changed(Tx tx, CapState cap, boolean raised) {
        Object[] key = {cap.subject().organization(), cap.subject().code(), cap.period(), cap.startsAt()};
        long told = tx.count("select told from cap_windows where" + WINDOW, key);
        long reached = reached(cap.spent(), cap.limit());
        if (raised && reached < told) {
            told = reached;
            set(tx, told, key);
        }
        look(tx, new CapStore.Touched(cap.subject(), cap.period(), cap.startsAt(), cap.spent(), cap.limit(), told));
    }

    private static void set(Tx tx, long told, Object[] window) {
        tx.update("update cap_windows set told = ? where" + WINDOW, told, window[0], window[1], window[2], window[3]);
    }

    void look(Tx tx, CapStore.Touched window) {
        Money limit = window.limit();
        long reached = limit == null ? 0 : reached(window.spent(), limit);
        if (limit == null || reached <= window.told()) {
            return;
        }
        OrganizationId organization = window.subject().organization();
        for (long threshold : THRESHOLDS.reversed()) {
            if (threshold > window.told() && threshold <= reached) {
                tell(
                        tx,
                        new CapEvent(
                                window.subject(),
                                window.period(),
                                window.startsAt(),
                                threshold,
                                limit,
                                window.spent(),
                                tx.now()));
            }
        }
        set(tx, reached, new Object[] {organization, window.subject().code(), window.period(), window.startsAt()});
    }

    private void tell(Tx tx, CapEvent event) {
        OrganizationId organization = event.subject().organization();
        boolean first = tx.won(
                """
                insert into cap_events (organization, subject, period, starts_at, threshold, amount, spent, at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (organization, subject, period, starts_at, threshold) do update set amount = excluded.amount,
                    spent = excluded.spent, at = excluded.at where cap_events.amount < excluded.amount""",
                organization,
                event.subject().code(),
                event.period(),
                event.startsAt(),
                event.threshold(),
                event.limit(),
                event.spent(),
                event.at());
        if (first) {
            trail.write(
                    tx,
                    Actor.system().about(organization),
                    "cap.threshold",
                    event.subject().code(),
                    Map.of(
                            "period", event.period().wire(),
                            "percent", Long.toString(event.threshold()),
                            "limit_usd", event.limit().toUsd(),
                            "spent_usd", event.spent().toUsd()));
        }
    }

    /** The latest events of an organization, newest first. */
    List<CapEvent> latest(Tx tx, OrganizationId organization, int limit) {
        return tx.list(
                """
                select subject, period, starts_at, threshold, amount, spent, at from cap_events
                where organization = ? order by at desc, threshold desc limit ?""",
                row -> new CapEvent(
                        CapSubject.of(organization, row.text("subject")).orElseThrow(),
                        CapPeriod.of(row.text("period")).orElseThrow(),
                        row.instant("starts_at"),
                        row.number("threshold"),
                        row.money("amount"),
                        row.money("spent"),
                        row.instant("at")),
                organization,
                limit);
    }

    /** Removes events that are older than a moment. */
    void forget(Tx tx, OrganizationId organization, Instant before) {
        tx.update("delete from cap_events where organization = ? and at < ?", organization, before);
    }
}
