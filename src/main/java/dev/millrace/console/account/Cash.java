package dev.millrace.console.account;

import dev.millrace.money.Money;

/** Amounts as pages show them. */
final class Cash {
    private Cash() {}

    /** To the nano, as {@code $0.094}. */
    static String exact(Money amount) {
        return amount.isNegative() ? "−$" + amount.negate().toUsd() : "$" + amount.toUsd();
    }

    /** To the cent, for what is read at a glance. */
    static String round(Money amount) {
        return amount.isNegative() ? "−$" + amount.negate().toUsd(2) : "$" + amount.toUsd(2);
    }
}
