package dev.millrace.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount in nano-dollars (10⁻⁹ USD); it may be negative, as the entry of a transfer is.
 *
 * <p>Every operation throws {@link ArithmeticException} rather than wrap around.
 */
public record Money(long nanos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    private static final int SCALE = 9;

    /** The amount that a decimal number of dollars states, such as {@code "0.094"}; more than nine decimals are refused. */
    public static Money usd(String dollars) {
        return usd(new BigDecimal(dollars));
    }

    /** The amount of a decimal number of dollars; more than nine decimals are refused. */
    public static Money usd(BigDecimal dollars) {
        return new Money(dollars.movePointRight(SCALE).longValueExact());
    }

    public static Money ofNanos(long nanos) {
        return nanos == 0 ? ZERO : new Money(nanos);
    }

    public Money plus(Money other) {
        return ofNanos(Math.addExact(nanos, other.nanos));
    }

    public Money minus(Money other) {
        return ofNanos(Math.subtractExact(nanos, other.nanos));
    }

    public Money times(long count) {
        return ofNanos(Math.multiplyExact(nanos, count));
    }

    /** This amount for {@code count} parts of {@code per}, rounded up to a whole nano: a charge never rounds to nothing. */
    public Money timesRatio(long count, long per) {
        BigDecimal exact = BigDecimal.valueOf(nanos).multiply(BigDecimal.valueOf(count));
        return ofNanos(
                exact.divide(BigDecimal.valueOf(per), 0, RoundingMode.CEILING).longValueExact());
    }

    public Money negate() {
        return ofNanos(Math.negateExact(nanos));
    }

    public boolean isNegative() {
        return nanos < 0;
    }

    public boolean isPositive() {
        return nanos > 0;
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public static Money min(Money a, Money b) {
        return a.nanos <= b.nanos ? a : b;
    }

    public static Money max(Money a, Money b) {
        return a.nanos >= b.nanos ? a : b;
    }

    /** The amount in dollars, exact, without trailing zeros beyond the cents: {@code 0.094}, {@code 12.50}. */
    public String toUsd() {
        BigDecimal plain = toDecimal().stripTrailingZeros();
        return (plain.scale() < 2 ? plain.setScale(2, RoundingMode.UNNECESSARY) : plain).toPlainString();
    }

    /** The amount in dollars with a fixed number of decimals, rounded half up: for presentation only. */
    public String toUsd(int decimals) {
        return toDecimal().setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }

    /** The exact amount with its currency, as {@code 0.094 USD}. */
    @Override
    public String toString() {
        return toUsd() + " USD";
    }
}
