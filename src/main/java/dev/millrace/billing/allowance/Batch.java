package dev.millrace.billing.allowance;

import dev.millrace.billing.BlockUse;
import dev.millrace.money.Money;
import java.util.List;

/**
 * What one unit of work writes of a block.
 *
 * @param back what it gives back
 * @param last whether the block ends with it
 */
record Batch(List<BlockUse> uses, Money back, boolean last) {}
