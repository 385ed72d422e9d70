package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;

/**
 * How a hold was settled.
 *
 * @param held what had been set aside: {@code charge} and {@code returned} together
 * @param charge what the customer paid: the cost, and never more than was held
 * @param returned what went back to available
 * @param absorbed what the cost was beyond the hold; the platform bore it
 * @param terms the terms with which the hold was made
 */
public record Settlement(
        HoldId hold,
        OrganizationId organization,
        Money held,
        Money charge,
        Money returned,
        Money absorbed,
        String terms) {}
