package dev.millrace.invoices;

import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A tax in hundredths of a percent.
 *
 * @param points 1900 for 19 %
 */
public record TaxRate(long points) {
    private static final long ALL = 10_000;

    public TaxRate {
        if (points < 0 || points > ALL) {
            throw new IllegalArgumentException("a tax rate is a percentage from 0 to 100");
        }
    }

    /** @throws IllegalArgumentException when it is no percentage such as 19 or 8.1 */
    public static TaxRate parse(String percent) {
        if (!percent.matches("[0-9]{1,3}(\\.[0-9]{1,2})?")) {
            throw new IllegalArgumentException("a tax rate is a percentage such as 19 or 8.1, not \"" + percent + "\"");
        }
        return new TaxRate(new BigDecimal(percent).movePointRight(2).longValueExact());
    }

    /** The tax on an amount, rounded half up to cents. */
    Money on(Money net) {
        return Rounding.cents(net.toDecimal()
                .multiply(BigDecimal.valueOf(points))
                .divide(BigDecimal.valueOf(ALL), 12, RoundingMode.HALF_UP));
    }

    /** In percent, as {@code 19} or {@code 8.1}. */
    public String percent() {
        return BigDecimal.valueOf(points, 2).stripTrailingZeros().toPlainString();
    }
}
