package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An amount set aside for one job or one live request.
 *
 * @param spender who made it, and whose wallet it is of
 * @param amount the most that it can be charged
 * @param charge what was charged; zero unless settled
 * @param refunded how much of the charge was paid back since
 * @param terms what its owner agreed to when it was made; the wallet stores it and does not read it
 * @param block what it was granted from; null when it was taken from the wallet itself
 */
public record Hold(
        HoldId id,
        Spender spender,
        Money amount,
        HoldState state,
        Money charge,
        Money refunded,
        String terms,
        Instant createdAt,
        @Nullable HoldId block) {
    public OrganizationId organization() {
        return spender.organization();
    }

    /** What of it is not charged. */
    Money left() {
        return amount.minus(charge);
    }
}
