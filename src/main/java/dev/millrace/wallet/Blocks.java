package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of blocks: holds that single requests are granted from, outside of the database, and that are charged and given back in
 * parts. What of a block is not charged and has not come back is held. Every method works inside the caller's transaction.
 */
public final class Blocks {
    /** What the name of a block's hold begins with. */
    public static final String KIND = "block";

    private final BlockStore store = new BlockStore();
    private final HoldStore holds = new HoldStore();
    private final WalletStore wallets = new WalletStore();

    /** Makes a hold that was just taken a block. */
    public void open(Tx tx, OrganizationId organization, HoldId block) {
        store.add(tx, block, organization);
    }

    /**
     * Counts requests of a block that have ended, each with a hold and a settlement of its own, and gives back a part of the block.
     *
     * @param batch from 1, and then one more for each; a batch that went unanswered is sent again under its number
     * @param back what nobody was granted and nobody will be; zero or more
     */
    public BlockOutcome count(Tx tx, HoldId block, long batch, List<Granted> ended, Money back) {
        if (!holds.lockOpen(tx, block)) {
            return store.flushed(tx, block) >= batch ? new BlockOutcome.Repeated() : new BlockOutcome.Ended();
        }
        Optional<BlockStore.Returned> counted = store.count(tx, block, batch, back);
        if (counted.isEmpty()) {
            return new BlockOutcome.Repeated();
        }
        Money charged = ended.stream().map(Granted::charge).reduce(Money.ZERO, Money::plus);
        Hold hold = holds.charge(tx, block, charged).orElseThrow();
        if (hold.left().minus(counted.get().returned()).isNegative()) {
            throw new IllegalStateException("bug: " + block + " was charged and gave back more than it held");
        }
        for (Granted one : ended) {
            add(tx, hold, one);
        }
        giveBack(tx, hold, back, counted.get().returns());
        boolean guarded = wallets.resolve(tx, hold.organization(), charged.plus(back), back);
        return new BlockOutcome.Counted(new BlockCount(hold, charged, back, guarded));
    }

    /** Ends a block and gives back all that is left of it; empty when it has ended, or there is no such block. */
    public Optional<BlockCount> end(Tx tx, HoldId block) {
        return holds.release(tx, block).map(hold -> {
            BlockStore.Returned before = store.returned(tx, block).orElseThrow();
            Money rest = hold.left().minus(before.returned());
            if (rest.isPositive()) {
                store.giveBack(tx, block, rest);
                giveBack(tx, hold, rest, before.returns() + 1);
            }
            return new BlockCount(hold, Money.ZERO, rest, wallets.resolve(tx, hold.organization(), rest, rest));
        });
    }

    /** Counts in a refund of a request that had been granted from the block. */
    void refund(Tx tx, HoldId block, Money amount) {
        if (!store.refund(tx, block, amount)) {
            throw new IllegalStateException("bug: there is no " + block);
        }
    }

    private void add(Tx tx, Hold block, Granted one) {
        store.addChild(tx, block, one);
        OrganizationId organization = block.organization();
        transfer(tx, TransferKind.SETTLE, one, organization, Account.held(organization), one.charge());
        transfer(tx, TransferKind.ABSORB, one, organization, Account.ABSORBED_LOSS, one.absorbed());
    }

    private static void transfer(
            Tx tx, TransferKind kind, Granted one, OrganizationId organization, Account debit, Money amount) {
        if (amount.isPositive()) {
            later(tx, Transfer.of(tx, kind, one.id().text(), organization, debit, Account.REVENUE, amount));
        }
    }

    private static void giveBack(Tx tx, Hold block, Money back, long number) {
        if (back.isPositive()) {
            OrganizationId organization = block.organization();
            later(
                    tx,
                    Transfer.of(
                            tx,
                            TransferKind.RELEASE,
                            block.id().text() + ":" + number,
                            organization,
                            Account.held(organization),
                            Account.available(organization),
                            back));
        }
    }

    private static void later(Tx tx, Transfer transfer) {
        tx.later(TransferStore.INSERT, TransferStore.args(transfer).toArray());
    }
}
