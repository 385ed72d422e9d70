package dev.millrace.console.account;

import dev.millrace.money.Money;
import java.util.regex.Pattern;

/** Amounts as pages show them. */
final class Cash {
    /** Between digits before the point, where a multiple of three of them is left. */
    private static final Pattern THOUSANDS = Pattern.compile("(?<=^[0-9]{1,18})(?=([0-9]{3})+([.]|$))");

    private Cash() {}

    /** To the nano, as {@code $0.094}. */
    static String exact(Money amount) {
        return amount.isNegative() ? "−$" + grouped(amount.negate().toUsd()) : "$" + grouped(amount.toUsd());
    }

    /** To the cent, for what is read at a glance. */
    static String round(Money amount) {
        return amount.isNegative() ? "−$" + grouped(amount.negate().toUsd(2)) : "$" + grouped(amount.toUsd(2));
    }

    /** A change, to the nano, as {@code +$5.00}; empty for none. */
    static String change(Money amount) {
        return amount.isZero() ? "" : amount.isPositive() ? "+" + exact(amount) : exact(amount);
    }

    /** With commas between thousands. */
    private static String grouped(String plain) {
        return THOUSANDS.matcher(plain).replaceAll(",");
    }
}
