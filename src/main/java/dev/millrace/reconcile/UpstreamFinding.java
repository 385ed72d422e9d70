package dev.millrace.reconcile;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * A request for which the upstream itself asked more than its customer paid.
 *
 * @param request the upstream's id of it; empty where it told none
 * @param charge what the customer paid
 * @param reported what the upstream asked
 */
public record UpstreamFinding(
        String usageId, String provider, String model, String request, Money charge, Money reported, Instant at) {
    /** What the platform lost by it. */
    public Money amount() {
        return reported.minus(charge);
    }
}
