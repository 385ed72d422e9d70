package dev.millrace.limits;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * A cap, and what counts against it in the window that runs.
 *
 * @param limit the most that may be spent and held in a window; zero lets nothing pass
 * @param spent charged in this window, less what was refunded; by the time at which each hold was made
 * @param held set aside by open holds that were made in this window
 * @param startsAt when the window began
 * @param resetsAt when the next one begins; year 9999 for a total
 */
public record CapState(
        CapSubject subject,
        CapPeriod period,
        Money limit,
        Money spent,
        Money held,
        Instant startsAt,
        Instant resetsAt,
        boolean counting) {

    /** The cap's name, as {@code key.day}. */
    public String name() {
        return subject.kind().wire() + "." + period.wire();
    }

    /** What is left of it; never below zero. */
    public Money left() {
        return Money.max(Money.ZERO, limit.minus(spent).minus(held));
    }

    /** Whether the amount fits. Nothing fits a cap of zero, not even what costs nothing. */
    public boolean covers(Money amount) {
        return limit.isPositive() && amount.compareTo(limit.minus(spent).minus(held)) <= 0;
    }

    /** Whether its window ever ends. */
    public boolean resets() {
        return period != CapPeriod.TOTAL;
    }
}
