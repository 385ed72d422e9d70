package dev.millrace.billing;

import dev.millrace.money.Money;

/**
 * How live requests are held for.
 *
 * @param strict whether each hold and each settlement is durable before the request goes on; otherwise they are granted from durable
 *     blocks, and written some milliseconds later
 * @param blockUsd the most that one block is
 * @param blockShare a block is at most one part in so many of what is available, and of what each cap leaves
 */
public record BillingSettings(boolean strict, Money blockUsd, int blockShare) {
    public static final BillingSettings DEFAULTS = new BillingSettings(true, Money.usd("25"), 64);

    public BillingSettings {
        if (!blockUsd.isPositive()) {
            throw new IllegalArgumentException("block_usd must be above zero");
        }
        if (blockShare < 4) {
            throw new IllegalArgumentException("block_share must be at least 4");
        }
    }

    /** The same, with blocks. */
    public BillingSettings withBlocks() {
        return new BillingSettings(false, blockUsd, blockShare);
    }
}
