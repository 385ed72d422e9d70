package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.wallet.BlockOutcome;
import dev.millrace.wallet.HoldId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out the commands about blocks. */
final class SpendBlocks {
    private SpendBlocks() {}

    static String open(Shop shop, Tx tx, OrganizationId organization, SpendCommand.Open open) {
        HoldId id = new HoldId("block:" + open.id());
        if (shop.till.wallet.find(tx, id).isPresent()) {
            return "exists";
        }
        Optional<BlockLedger.Opened> opened = shop.billing
                .blocks()
                .open(
                        tx,
                        SpendCommand.spender(organization, open.key()),
                        id,
                        Money.ofNanos(open.least()),
                        Money.ofNanos(open.most()),
                        open.share(),
                        "a test");
        return opened.map(block -> "opened " + block.amount().nanos()).orElse("small");
    }

    static String count(Shop shop, Tx tx, SpendCommand.Count count) {
        HoldId id = new HoldId("block:" + count.id());
        if (shop.till.wallet.find(tx, id).isEmpty()) {
            return "none";
        }
        long batch = tx.count("select flushed from blocks where id = ?", id) + (count.again() ? 0 : 1);
        List<BlockUse> uses = new ArrayList<>();
        for (SpendCommand.Use use : count.uses()) {
            uses.add(used(shop, tx, SpendCommand.use(count.id(), batch, uses.size()), use));
        }
        return switch (shop.billing.blocks().count(tx, id, batch, uses, Money.ofNanos(count.back()))) {
            case BlockOutcome.Counted(var counted) ->
                "counted " + counted.charged().nanos() + " "
                        + counted.returned().nanos();
            case BlockOutcome.Repeated repeated -> "repeated";
            case BlockOutcome.Ended ended -> "ended";
        };
    }

    private static BlockUse used(Shop shop, Tx tx, HoldId id, SpendCommand.Use use) {
        Quote quote = shop.quote(Money.ofNanos(use.max()));
        PriceList prices = shop.billing.blocks().prices(tx, quote);
        return use.cost() < 0
                ? new BlockUse.Free(id, quote, tx.now(), shop.unpaid(0), List.of())
                : new BlockUse.Charged(id, quote, tx.now(), shop.bill(use.cost()), prices, List.of());
    }
}
