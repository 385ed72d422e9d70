package dev.millrace.wallet;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * One request's part of a block, when the request has ended.
 *
 * @param amount what was granted: the most that it is charged
 * @param cost what it came to; zero when it is charged nothing
 * @param lost what upstreams made that nobody was given: the platform bears it
 * @param charged whether it is settled; given back otherwise
 * @param terms what its owner agreed to
 * @param grantedAt when, by the clock of the node
 */
public record Granted(
        HoldId id, Money amount, Money cost, Money lost, boolean charged, String terms, Instant grantedAt) {
    /** What the customer pays. */
    public Money charge() {
        return charged ? Money.min(amount, cost) : Money.ZERO;
    }

    Money absorbed() {
        return cost.plus(lost).minus(charge());
    }
}
