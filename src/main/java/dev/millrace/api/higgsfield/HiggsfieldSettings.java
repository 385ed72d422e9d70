package dev.millrace.api.higgsfield;

import dev.millrace.money.Money;

/**
 * Settings of the Higgsfield dialect.
 *
 * @param creditPrice what one credit costs in estimates
 */
public record HiggsfieldSettings(Money creditPrice) {
    public static final HiggsfieldSettings DEFAULTS = new HiggsfieldSettings(Money.usd("0.0625"));
}
