package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import tools.jackson.databind.node.ObjectNode;

/** What a bill comes to. */
final class Costs {
    /**
     * The most that one request is reckoned at, far above every hold. An upstream that reports absurd quantities must not
     * keep its request from ending: the customer pays the hold, and the loss stands in the books at a size that adds up.
     */
    static final Money MOST = Money.usd("1000000");

    private Costs() {}

    static Money of(PriceList prices, Bill bill) {
        return of(prices, bill.parameters(), bill.units());
    }

    static Money of(PriceList prices, ObjectNode parameters, Units units) {
        try {
            return Money.min(MOST, prices.charge(parameters, units));
        } catch (ArithmeticException beyondALong) {
            return MOST;
        }
    }
}
