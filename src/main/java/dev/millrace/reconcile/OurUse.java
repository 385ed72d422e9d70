package dev.millrace.reconcile;

import dev.millrace.money.Money;

/**
 * One request that an upstream served, or was tried last for.
 *
 * @param request the upstream's id of it; empty where that is not known
 * @param model what the upstream calls it, or where that was not noted, what we call it
 * @param day when it ended
 * @param reported what the upstream itself said that it costs; zero where it said nothing
 * @param charge what the customer paid
 */
record OurUse(String usageId, String request, String model, String day, long units, Money reported, Money charge) {
    /** Whether an invoice has to have it: what was neither charged nor billed by the upstream need not be there. */
    boolean expected() {
        return charge.isPositive() || reported.isPositive();
    }
}
