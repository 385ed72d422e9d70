package dev.millrace.invoices;

import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounds amounts as an invoice states them. */
final class Rounding {
    private Rounding() {}

    /** To whole cents, half up. */
    static Money cents(BigDecimal dollars) {
        return Money.usd(dollars.setScale(2, RoundingMode.HALF_UP));
    }

    /** A share of an amount: {@code part} of {@code whole}, rounded down, and all of it when the part is the whole. */
    static Money share(Money amount, Money part, Money whole) {
        if (part.equals(whole)) {
            return amount;
        }
        BigDecimal exact = BigDecimal.valueOf(amount.nanos())
                .multiply(BigDecimal.valueOf(part.nanos()))
                .divide(BigDecimal.valueOf(whole.nanos()), 0, RoundingMode.DOWN);
        return Money.ofNanos(exact.longValueExact());
    }
}
