package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.limits.CapState;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.BlockCount;
import dev.millrace.wallet.BlockOutcome;
import dev.millrace.wallet.Blocks;
import dev.millrace.wallet.Granted;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.HoldOutcome;
import dev.millrace.wallet.Settlement;
import dev.millrace.wallet.Wallet;
import dev.millrace.wallet.WalletSums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes blocks out of wallets, for nodes to grant live requests from in memory, and counts what they granted. A block passes every cap
 * as any hold does, and its requests are charged, recorded and counted one by one. Every method works inside the caller's transaction.
 */
public final class BlockLedger {
    private static final String TERMS = "allowance@";

    private final Billing billing;
    private final Wallet wallet;
    private final UsageStore usage;
    private final Caps caps;
    private final WalletWatch watch;
    private final Blocks blocks = new Blocks();
    private final WalletSums sums = new WalletSums();

    BlockLedger(Billing billing, Wallet wallet, UsageStore usage, Caps caps, WalletWatch watch) {
        this.billing = billing;
        this.wallet = wallet;
        this.usage = usage;
        this.caps = caps;
        this.watch = watch;
    }

    /**
     * A block that was taken.
     *
     * @param at when, by the database's clock
     * @param until when the first window ends that it is counted in, by the same: what is granted from then on would count in the wrong one
     */
    public record Opened(Money amount, Instant at, Instant until) {}

    /**
     * Takes a block of at most {@code most}, at most one part in {@code share} of what is available and of what every cap that applies
     * leaves, and of no wallet with grants, for those are spent request by request.
     *
     * @param least what it has to be; less is not worth it
     * @param owner who grants from it
     * @return empty when that comes to less; nothing moved
     */
    public Optional<Opened> open(Tx tx, Spender spender, HoldId id, Money least, Money most, int share, String owner) {
        OrganizationId organization = spender.organization();
        Balance balance = wallet.lock(tx, organization);
        Money amount = Money.min(most, part(balance.available(), share));
        List<CapState> applying = caps.of(tx, spender);
        for (CapState cap : applying) {
            amount = Money.min(amount, part(cap.left(), share));
        }
        if (amount.compareTo(least) < 0 || !amount.isPositive() || wallet.hasGrants(tx, organization)) {
            return Optional.empty();
        }
        if (!caps.reserve(tx, spender, amount, applying)
                || !(wallet.holdGuarded(tx, spender, id, amount, TERMS + owner) instanceof HoldOutcome.Held)) {
            throw new IllegalStateException("bug: " + id + " passed its caps under the lock and was refused then");
        }
        blocks.open(tx, organization, id);
        Instant until = applying.stream()
                .map(CapState::resetsAt)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return Optional.of(new Opened(amount, tx.now(), until));
    }

    private static Money part(Money whole, int share) {
        return Money.ofNanos(whole.nanos() / share);
    }

    /**
     * Counts requests of a block that have ended, with their usage, and gives back {@code back} of the block.
     *
     * @param batch from 1, and then one more for each; a batch that went unanswered is sent again under its number
     */
    public BlockOutcome count(Tx tx, HoldId block, long batch, List<BlockUse> uses, Money back) {
        List<Granted> ended = uses.stream().map(BlockUse::granted).toList();
        BlockOutcome outcome = blocks.count(tx, block, batch, ended, back);
        if (outcome instanceof BlockOutcome.Counted(BlockCount count)) {
            List<UsageRow> rows = new ArrayList<>(uses.size());
            for (int i = 0; i < uses.size(); i++) {
                rows.add(row(tx, count, uses.get(i), ended.get(i)));
                if (!uses.get(i).attempts().isEmpty()) {
                    usage.attempted(tx, uses.get(i).id().text(), uses.get(i).attempts());
                }
            }
            usage.addAll(tx, rows);
            counted(tx, count);
            if (count.charged().isPositive()) {
                watch.charged(tx, count.block().organization());
            }
        }
        return outcome;
    }

    /** Ends a block; false when it has ended. */
    public boolean end(Tx tx, HoldId block) {
        Optional<BlockCount> ended = blocks.end(tx, block);
        ended.ifPresent(count -> counted(tx, count));
        return ended.isPresent();
    }

    /**
     * When a cap of the organization was set last, or a grant given that has something left: what was taken before is not right any more.
     * The epoch when there is none.
     */
    public Instant guardedAt(Tx tx, OrganizationId organization) {
        Instant capped = caps.changed(tx, organization);
        Instant given = sums.grantedAt(tx, organization);
        return capped.isAfter(given) ? capped : given;
    }

    /** The price list that a quote was reckoned by. */
    public PriceList prices(Tx tx, Quote quote) {
        return billing.list(tx, quote.model(), quote.priceVersion());
    }

    private void counted(Tx tx, BlockCount count) {
        Money moved = count.charged().plus(count.returned());
        if (count.guarded() && moved.isPositive()) {
            caps.resolved(tx, count.block().spender(), count.block().createdAt(), moved, count.charged());
        }
    }

    private static UsageRow row(Tx tx, BlockCount count, BlockUse use, Granted granted) {
        Settlement settled = new Settlement(
                use.id(),
                count.block().spender(),
                use.at(),
                granted.amount(),
                granted.charge(),
                granted.amount().minus(granted.charge()),
                Money.ZERO,
                granted.terms(),
                count.guarded());
        return switch (use) {
            case BlockUse.Charged charged -> Billing.row(tx, settled, charged.bill(), charged.prices());
            case BlockUse.Free free -> Billing.row(tx, settled, free.why());
        };
    }
}
