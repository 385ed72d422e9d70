package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageStatus;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What a request that used something comes to, whatever was held for it: the one place where that is reckoned. */
public final class Costs {
    /**
     * The most that one request is reckoned at, far above every hold. An upstream that reports absurd quantities must not
     * keep its request from ending: the customer pays the hold, and the loss stands in the books at a size that adds up.
     */
    static final Money MOST = Money.usd("1000000");

    private Costs() {}

    static Money of(PriceList prices, Bill bill) {
        return of(prices, bill.parameters(), bill.units(), bill.status());
    }

    /**
     * What the units come to. The minimum is asked of what completed and of what whoever asked stopped himself, and never of what
     * failed.
     */
    public static Money of(PriceList prices, ObjectNode parameters, Units units, UsageStatus status) {
        boolean whole = switch (status) {
            case COMPLETED, CANCELED -> true;
            case FAILED, NSFW -> false;
        };
        return whole ? capped(() -> prices.charge(parameters, units)) : ofPart(prices, parameters, units);
    }

    /** What the units come to without a minimum: what was made for a request that did not get it. */
    static Money ofPart(PriceList prices, ObjectNode parameters, Units units) {
        return capped(() -> prices.chargeOfPart(parameters, units));
    }

    private static Money capped(Supplier<Money> cost) {
        try {
            return Money.min(MOST, cost.get());
        } catch (ArithmeticException beyondALong) {
            return MOST;
        }
    }
}
