package dev.millrace.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The price of one credit in a dialect that presents money as credits; the ledger itself knows dollars only. */
public record CreditRate(Money perCredit) {
    public CreditRate {
        if (!perCredit.isPositive()) {
            throw new IllegalArgumentException("a credit must have a price above zero");
        }
    }

    /** The amount in credits with a fixed number of decimals, rounded half up. */
    public String credits(Money amount, int decimals) {
        return ratio(amount, decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** The whole credits that cover the amount: what a dialect with integer credits says that something costs. */
    public long creditsUp(Money amount) {
        return ratio(amount, 0, RoundingMode.CEILING).longValueExact();
    }

    /** The whole credits that the amount covers: what a dialect with integer credits says that a wallet has. */
    public long creditsDown(Money amount) {
        return ratio(amount, 0, RoundingMode.FLOOR).longValueExact();
    }

    private BigDecimal ratio(Money amount, int decimals, RoundingMode rounding) {
        return BigDecimal.valueOf(amount.nanos()).divide(BigDecimal.valueOf(perCredit.nanos()), decimals, rounding);
    }
}
