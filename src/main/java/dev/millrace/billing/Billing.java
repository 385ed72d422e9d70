package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.limits.CapState;
import dev.millrace.limits.Caps;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.usage.Attempt;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.HoldOutcome;
import dev.millrace.wallet.Reserves;
import dev.millrace.wallet.Settlement;
import dev.millrace.wallet.Wallet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds, charges and gives back. Every method works inside the caller's transaction: the state of a job, its money, its
 * usage row and its webhook are one commit.
 */
public final class Billing {
    private final Wallet wallet;
    private final UsageStore usage;
    private final Quotes quotes;
    private final PriceBook prices;
    private final Caps caps;
    private final WalletWatch watch;

    public Billing(Wallet wallet, UsageStore usage, Quotes quotes, PriceBook prices, Caps caps) {
        this(wallet, usage, quotes, prices, caps, WalletWatch.NONE);
    }

    /** @param watch is told of every charge */
    public Billing(Wallet wallet, UsageStore usage, Quotes quotes, PriceBook prices, Caps caps, WalletWatch watch) {
        this.wallet = wallet;
        this.usage = usage;
        this.quotes = quotes;
        this.prices = prices;
        this.caps = caps;
        this.watch = watch;
    }

    /** Opens an organization's wallet, with nothing in it; false when it is open. */
    public boolean openWallet(Tx tx, OrganizationId organization) {
        return wallet.open(tx, organization);
    }

    /** Adds money; false when the same cause had brought it before. */
    public boolean topUp(Tx tx, OrganizationId organization, String cause, Money amount, Funding from) {
        return wallet.topUp(tx, organization, cause, amount, from);
    }

    /**
     * Takes money out of available again because what had brought it in was undone; false when the same cause had taken it before.
     *
     * @throws IllegalStateException when less is available
     */
    public boolean takeBack(Tx tx, OrganizationId organization, String cause, Money amount, Funding to) {
        return wallet.takeBack(tx, organization, cause, amount, to);
    }

    /** What is available and of no grant: the part that {@link #takeBack} may take. Takes the lock of the wallet. */
    public Money free(Tx tx, OrganizationId organization) {
        return wallet.free(tx, organization);
    }

    /** Whether the quote could be held for now; nothing is set aside. */
    public Affordability affordability(Tx tx, Spender spender, Quote quote) {
        Balance balance = wallet.balance(tx, spender.organization());
        boolean covered = balance.available().compareTo(quote.max()) >= 0;
        boolean within = caps.of(tx, spender).stream().allMatch(cap -> cap.covers(quote.max()));
        return new Affordability(covered, within, balance, quote.max());
    }

    /**
     * Sets the quote's maximum aside, and uses the quote up when it binds. Without it no upstream may be called. A repeat
     * is a no-op. Every cap that applies to the spender takes its part of it in the same transaction.
     *
     * @throws ProblemException {@code INSUFFICIENT_FUNDS} with the facts {@code balance_usd} (what is available),
     *     {@code held_usd} and {@code required_usd} as decimal texts, and the same as {@code …_nanos}; {@code SPEND_CAP_REACHED} as
     *     {@link Refusals#capped} says; or {@code QUOTE_NOT_USABLE}
     */
    public void hold(Tx tx, Spender spender, HoldId id, Quote quote) {
        quotes.use(tx, spender.organization(), quote, id);
        switch (wallet.hold(tx, spender, id, quote.max(), Terms.of(quote).text())) {
            case HoldOutcome.Held() -> {}
            case HoldOutcome.Exists() -> {}
            case HoldOutcome.Guarded() -> holdGuarded(tx, spender, id, quote);
            case HoldOutcome.Insufficient(Balance balance) -> throw Refusals.insufficient(balance, quote.max());
        }
    }

    /** All that is read here is read under the lock, so that a refusal changes nothing and its batch need not be undone. */
    private void holdGuarded(Tx tx, Spender spender, HoldId id, Quote quote) {
        Money required = quote.max();
        Balance balance = wallet.lock(tx, spender.organization());
        if (wallet.exists(tx, spender, id, required)) {
            return;
        }
        List<CapState> applying = caps.of(tx, spender);
        for (CapState cap : applying) {
            if (!cap.covers(required)) {
                throw Refusals.capped(cap, balance, required);
            }
        }
        if (balance.available().compareTo(required) < 0) {
            throw Refusals.insufficient(balance, required);
        }
        if (!caps.reserve(tx, spender, required, applying)
                || !(wallet.holdGuarded(
                                tx, spender, id, required, Terms.of(quote).text())
                        instanceof HoldOutcome.Held)) {
            throw new IllegalStateException("bug: " + id + " passed its caps under the lock and was refused then");
        }
        if (applying.isEmpty()
                && !caps.any(tx, spender.organization())
                && !wallet.hasGrants(tx, spender.organization())) {
            wallet.unguard(tx, spender.organization());
        }
    }

    /**
     * Charges a hold with what was used, by the price list in force when it was made, and writes the usage row.
     *
     * @return empty when the hold is resolved already or does not exist; then nothing is written
     * @throws IllegalStateException when the bill is for another model or price list than the hold
     */
    public Optional<Settlement> settle(Tx tx, HoldId id, Bill bill) {
        return settle(tx, id, bill, Money.ZERO);
    }

    /**
     * The same, and books to absorbed loss what nobody pays for.
     *
     * @param lost what upstreams made for the request that nobody was given, as {@link #worth}
     */
    public Optional<Settlement> settle(Tx tx, HoldId id, Bill bill, Money lost) {
        PriceList list = list(tx, bill.model(), bill.priceVersion());
        Optional<Settlement> settlement = wallet.settle(tx, id, Costs.of(list, bill), lost);
        settlement.ifPresent(settled -> {
            if (!settled.terms().equals(Terms.of(bill).text())) {
                throw new IllegalStateException("bug: " + id + " was held for " + settled.terms());
            }
            usage.add(tx, row(tx, settled, bill, list));
            counted(tx, settled);
            watch.charged(tx, settled.organization());
        });
        return settlement;
    }

    /**
     * Gives all of an open hold back: nothing was delivered, nothing is charged; the usage row says why. False when it is
     * resolved already, and then nothing is written.
     */
    public boolean release(Tx tx, HoldId id, Unpaid why) {
        Optional<Settlement> released = wallet.release(tx, id, why.lost());
        released.ifPresent(ended -> {
            counted(tx, ended);
            usage.add(tx, row(tx, ended, why));
        });
        return released.isPresent();
    }

    /**
     * Gives all of an open hold back that nobody would have ended; its usage row says that it was abandoned, unless it has one. False
     * when it is resolved already.
     */
    public boolean releaseStuck(Tx tx, HoldId id) {
        Optional<Settlement> released = wallet.release(tx, id, Money.ZERO);
        released.ifPresent(ended -> {
            counted(tx, ended);
            if (usage.find(tx, ended.organization(), id.text()).isEmpty()) {
                usage.add(tx, row(tx, ended, Unpaid.abandoned()));
            }
        });
        return released.isPresent();
    }

    /** Charges an open hold with what its usage row, which stands already, says; false when it is resolved already. */
    public boolean settleStuck(Tx tx, HoldId id, Money charge) {
        Optional<Settlement> settled = wallet.settle(tx, id, charge);
        settled.ifPresent(ended -> counted(tx, ended));
        return settled.isPresent();
    }

    /** Keeps which upstreams served nothing in the course of a request, for who asks what its charge is made of. */
    public void attempted(Tx tx, HoldId id, List<Attempt> attempts) {
        usage.attempted(tx, id.text(), attempts);
    }

    /** What charges were made of, by the same books. */
    public Explanations explanations() {
        return new Explanations(wallet, usage, prices);
    }

    /** The blocks that nodes grant live requests from, by the same books. */
    public BlockLedger blocks() {
        return new BlockLedger(this, wallet, usage, caps, watch);
    }

    /** What of the wallets this node has in blocks. */
    public Reserves reserves() {
        return wallet.reserves();
    }

    /** Tells one listener of every wallet that is guarded by something that it was not guarded by before. */
    public void onGuard(Consumer<OrganizationId> listener) {
        wallet.onGuard(listener);
    }

    /** What units come to under a price list that was in force once. */
    public Money worth(Tx tx, String model, String priceVersion, ObjectNode parameters, Units units) {
        return Costs.ofPart(list(tx, model, priceVersion), parameters, units);
    }

    PriceList list(Tx tx, String model, String priceVersion) {
        return prices.find(tx, model, priceVersion)
                .orElseThrow(() -> new IllegalStateException(
                        "bug: no price list " + priceVersion + " of " + model + " was ever in force"));
    }

    private void counted(Tx tx, Settlement ended) {
        if (ended.guarded()) {
            caps.resolved(tx, ended.spender(), ended.heldAt(), ended.held(), ended.charge());
        }
    }

    /** Pays part or all of a charge back; false when the same refund, by its number from 1, had been made before. */
    public boolean refund(Tx tx, HoldId id, int number, Money amount) {
        if (!wallet.refund(tx, id, number, amount)) {
            return false;
        }
        Hold hold = wallet.find(tx, id).orElseThrow();
        if (wallet.guarded(tx, hold.organization())) {
            caps.refunded(tx, hold.spender(), heldAt(tx, hold), amount);
        }
        return true;
    }

    /** When what the hold is of was set aside: the block that it was granted from, or itself. */
    private Instant heldAt(Tx tx, Hold hold) {
        HoldId block = hold.block();
        return block == null
                ? hold.createdAt()
                : wallet.find(tx, block).orElseThrow().createdAt();
    }

    static UsageRow row(Tx tx, Settlement settled, Bill bill, PriceList list) {
        return new UsageRow(
                settled.hold().text(),
                settled.organization(),
                settled.spender().key(), // as the ledger and its caps have it
                settled.spender().member(),
                bill.model(),
                bill.provider(),
                bill.modality(),
                bill.dialect(),
                bill.units(),
                bill.unitsSource(),
                bill.priceVersion(),
                PricedBy.text(list, bill.parameters()),
                settled.charge(),
                bill.upstreamCost(),
                bill.status(),
                bill.error(),
                tx.now(),
                bill.latencyMs(),
                bill.firstByteMs(),
                bill.served());
    }

    static UsageRow row(Tx tx, Settlement released, Unpaid why) {
        Terms terms = Terms.parse(released.terms());
        return new UsageRow(
                released.hold().text(),
                released.organization(),
                released.spender().key(),
                released.spender().member(),
                terms.model(),
                why.provider(),
                why.modality(),
                why.dialect(),
                Units.NONE,
                UnitsSource.PLANNED,
                terms.priceVersion(),
                "{}",
                Money.ZERO,
                Money.ZERO,
                why.status(),
                why.error(),
                tx.now(),
                why.latencyMs(),
                null);
    }
}
