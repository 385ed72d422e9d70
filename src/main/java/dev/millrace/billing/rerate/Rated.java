package dev.millrace.billing.rerate;

import dev.millrace.money.Money;
import dev.millrace.usage.UsageRow;
import org.jspecify.annotations.Nullable;

/**
 * One past request, and what it would have been charged.
 *
 * @param now what the draft asks; zero when it is not rated
 * @param why it is not rated; null when it is
 */
public record Rated(UsageRow row, Money now, @Nullable Unrated why) {}
