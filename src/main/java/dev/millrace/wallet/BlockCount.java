package dev.millrace.wallet;

import dev.millrace.money.Money;

/**
 * What one batch, or the end of a block, moved.
 *
 * @param block the block's hold, as it stands now
 * @param charged what its requests were charged
 * @param returned what went back to available
 * @param guarded whether the wallet may have caps, which both have to be counted in
 */
public record BlockCount(Hold block, Money charged, Money returned, boolean guarded) {}
