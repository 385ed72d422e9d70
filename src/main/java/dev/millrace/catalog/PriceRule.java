package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.util.List;

/**
 * What one unit costs while some conditions hold. Of the rules of one unit the first whose conditions all hold applies.
 *
 * @param price the price of {@code per} counted parts
 * @param per how many counted parts the price is for: 1 for an image, 1000 for a second, a million and more for tokens
 * @param when the conditions on the parameters; none for the rule that holds otherwise
 */
public record PriceRule(Unit unit, Money price, long per, List<PriceCondition> when) {
    public PriceRule {
        when = List.copyOf(when);
    }

    /** The cost of so many counted parts, rounded up to a whole nano-dollar. */
    Money cost(long quantity) {
        return price.timesRatio(quantity, per);
    }
}
