package dev.millrace.billing;

import dev.millrace.catalog.PriceLine;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.usage.UsageRow;
import dev.millrace.wallet.Hold;
import java.util.List;

/**
 * All that one charge is made of.
 *
 * @param row the request, its units and who counted them
 * @param hold what was set aside for it
 * @param lines what its units come to by the price list that was in force when it was accepted; none when nothing was made
 * @param cost the sum of the lines; what is above the hold is not the customer's
 * @param attempts the calls of upstreams that served nothing: the platform bore them
 */
public record Explanation(UsageRow row, Hold hold, List<PriceLine> lines, Money cost, List<Attempt> attempts) {
    public Explanation {
        lines = List.copyOf(lines);
        attempts = List.copyOf(attempts);
    }

    /** What went back to the wallet of what was held. */
    public Money released() {
        return hold.amount().minus(hold.charge());
    }

    /** What the request cost beyond its hold, which the platform bore. */
    public Money absorbed() {
        return Money.max(Money.ZERO, cost.minus(hold.charge()));
    }
}
