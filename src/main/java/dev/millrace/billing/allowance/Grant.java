package dev.millrace.billing.allowance;

import dev.millrace.billing.Bill;
import dev.millrace.billing.BlockUse;
import dev.millrace.billing.Quote;
import dev.millrace.billing.Unpaid;
import dev.millrace.catalog.PriceList;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.wallet.HoldId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right of one request to spend a part of a block. Ended once: charged, or given back. */
public final class Grant {
    private final Block block;
    private final HoldId id;
    private final Quote quote;
    private final PriceList prices;
    private final Instant at;
    private final AtomicBoolean ended = new AtomicBoolean();

    Grant(Block block, HoldId id, Quote quote, PriceList prices, Instant at) {
        this.block = block;
        this.id = id;
        this.quote = quote;
        this.prices = prices;
        this.at = at;
    }

    /** Charges what was used, never more than was granted; it is written soon. */
    public Money settle(Bill bill, List<Attempt> attempts) {
        return end(new BlockUse.Charged(id, quote, at, bill, prices, List.copyOf(attempts)));
    }

    /** Gives all of it back; that is written soon, too. */
    public void release(Unpaid why, List<Attempt> attempts) {
        end(new BlockUse.Free(id, quote, at, why, List.copyOf(attempts)));
    }

    private Money end(BlockUse use) {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("bug: " + id + " has ended before");
        }
        Money charge = use.charge();
        block.ended(use, charge.nanos());
        return charge;
    }
}
