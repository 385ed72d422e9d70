package dev.millrace.billing;

import dev.millrace.catalog.Markup;
import dev.millrace.catalog.PriceLine;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.usage.Served;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that one charge is made of.
 *
 * @param row the request, its units and who counted them
 * @param hold what was set aside for it
 * @param lines what its units come to by the catalogue's own prices of when it was accepted; none when nothing was made
 * @param terms the factor and the minimum that the customer paid under then
 * @param cost the lines under these terms; what is above the hold is not the customer's
 * @param attempts the calls of upstreams that served nothing: the platform bore them
 * @param movements of its money, the oldest first: what was held, charged, given back and refunded
 */
public record Explanation(
        UsageRow row,
        Hold hold,
        List<PriceLine> lines,
        Markup terms,
        Money cost,
        List<Attempt> attempts,
        List<Transfer> movements) {
    public Explanation {
        lines = List.copyOf(lines);
        attempts = List.copyOf(attempts);
        movements = List.copyOf(movements);
    }

    /** The sum of the lines: what the catalogue's own prices ask. */
    public Money listed() {
        return lines.stream().map(PriceLine::amount).reduce(Money.ZERO, Money::plus);
    }

    /** What the factor adds to the lines; below zero for a discount. */
    public Money markup() {
        return terms.on(listed()).minus(listed());
    }

    /** What is missing to the minimum with the markup on. */
    public Money minimum() {
        return cost.minus(listed().plus(markup()));
    }

    /** What went back to the wallet of what was held. */
    public Money released() {
        return hold.amount().minus(hold.charge());
    }

    /** What the request cost beyond its hold, which the platform bore. */
    public Money absorbed() {
        return Money.max(Money.ZERO, cost.minus(hold.charge()));
    }

    /** Whether an upstream served it, whole or in part. */
    public boolean wasServed() {
        return !row.provider().isEmpty()
                && (row.status() == UsageStatus.COMPLETED || !row.units().isEmpty());
    }

    /** How long the upstream that served it took; empty where none did, or that was not noted. */
    public OptionalLong servedMillis() {
        Served served = row.served();
        if (served == null) {
            return OptionalLong.empty();
        }
        // Of a job it is noted when it began to run; an upstream that came after another one began when that had
        // failed.
        return OptionalLong.of(
                attempts.isEmpty()
                        ? served.millis()
                        : Math.clamp(
                                Duration.between(attempts.getLast().at(), row.createdAt())
                                        .toMillis(),
                                0,
                                served.millis()));
    }
}
