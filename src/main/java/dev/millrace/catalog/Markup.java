package dev.millrace.catalog;

import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between a price list and what one customer pays by it: a factor on every price, and the least that a request
 * costs. Exact: the factor is a whole number of millionths, and the product is rounded up to a whole nano-dollar, once.
 *
 * @param millionths the factor: 1,150,000 for 1.15, less than a million for a discount, 0 for nothing at all
 * @param minimum what a request costs at least that completed, or was stopped by whoever asked; zero for no minimum
 */
public record Markup(long millionths, Money minimum) {
    /** The price list as it is. */
    public static final Markup NONE = new Markup(Markup.ONE, Money.ZERO);

    /** The factor one. */
    public static final long ONE = 1_000_000;

    /** The greatest factor: a thousand. */
    public static final long MOST = 1000 * ONE;

    private static final int DECIMALS = 6;
    private static final Pattern FACTOR = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,6})?");
    private static final Pattern VERSION =
            Pattern.compile("(.*?)(?:-x([0-9.]{1,11}))?(?:-min([0-9]{1,7}(?:\\.[0-9]{1,9})?))?");

    public Markup {
        if (millionths < 0 || millionths > MOST || minimum.isNegative()) {
            throw new IllegalArgumentException("a factor is from 0 to 1000, and a minimum not below zero");
        }
    }

    /** A version as it is named: that of a price list, and what was laid on it. */
    record Named(String base, Markup markup) {}

    /** The factor that a decimal text states, as {@code 1.15}, in millionths; empty when it states none from 0 to 1000. */
    public static Optional<Long> factor(String text) {
        if (!FACTOR.matcher(text).matches()) {
            return Optional.empty();
        }
        long millionths = new BigDecimal(text).movePointRight(DECIMALS).longValueExact();
        return millionths <= MOST ? Optional.of(millionths) : Optional.empty();
    }

    /** Millionths as the decimal text that {@link #factor(String)} reads. */
    public static String text(long millionths) {
        BigDecimal plain = BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
    }

    /** The factor as a decimal text, as {@code 1.15}. */
    public String factor() {
        return text(millionths);
    }

    /** Whether it changes nothing. */
    public boolean isNone() {
        return millionths == ONE && minimum.isZero();
    }

    /** An amount of the price list as the customer pays it, rounded up to a whole nano-dollar; without the minimum. */
    public Money on(Money amount) {
        return millionths == ONE ? amount : amount.timesRatio(millionths, ONE);
    }

    /** The version of a price list under it: {@code 0123456789abcdef-x1.15-min0.002}. What changes nothing names nothing. */
    String name(String base) {
        String factor = millionths == ONE ? "" : "-x" + factor();
        return minimum.isZero() ? base + factor : base + factor + "-min" + minimum.toUsd();
    }

    /** What a version names. */
    static Named parse(String version) {
        Matcher named = VERSION.matcher(version);
        if (!named.matches()) {
            return new Named(version, NONE);
        }
        long millionths = named.group(2) == null
                ? ONE
                : new BigDecimal(named.group(2)).movePointRight(DECIMALS).longValueExact();
        Money minimum = named.group(3) == null ? Money.ZERO : Money.usd(named.group(3));
        return new Named(named.group(1), new Markup(millionths, minimum));
    }
}
