package dev.millrace.api.millrace.openrouter;

import dev.millrace.money.Money;
import java.math.BigDecimal;

/** All that came into the wallet, and all that was charged, in dollars; their difference is what the wallet has. */
record CreditsBody(BigDecimal total_credits, BigDecimal total_usage) {
    static CreditsBody of(Money has, Money used) {
        return new CreditsBody(has.plus(used).toDecimal(), used.toDecimal());
    }
}
