package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import java.time.Instant;

/**
 * How a hold ended: settled, or released, which charges nothing.
 *
 * @param spender who had made the hold
 * @param heldAt when
 * @param held what had been set aside: {@code charge} and {@code returned} together
 * @param charge what the customer paid: the cost, and never more than was held
 * @param returned what went back to available
 * @param absorbed what the cost was beyond the hold; the platform bore it
 * @param terms the terms with which the hold was made
 * @param guarded whether the wallet may have caps, which the hold has to be taken out of
 */
public record Settlement(
        HoldId hold,
        Spender spender,
        Instant heldAt,
        Money held,
        Money charge,
        Money returned,
        Money absorbed,
        String terms,
        boolean guarded) {
    public OrganizationId organization() {
        return spender.organization();
    }
}
