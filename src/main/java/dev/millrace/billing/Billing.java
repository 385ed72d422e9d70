package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.HoldOutcome;
import dev.millrace.wallet.Settlement;
import dev.millrace.wallet.Wallet;
import java.util.Map;
import java.util.Optional;

/**
 * Holds, charges and gives back. Every method works inside the caller's transaction: the state of a job, its money, its
 * usage row and its webhook are one commit.
 */
public final class Billing {
    private final Wallet wallet;
    private final UsageStore usage;
    private final Quotes quotes;
    private final PriceBook prices;

    public Billing(Wallet wallet, UsageStore usage, Quotes quotes, PriceBook prices) {
        this.wallet = wallet;
        this.usage = usage;
        this.quotes = quotes;
        this.prices = prices;
    }

    /** Opens an organization's wallet, with nothing in it; false when it is open. */
    public boolean openWallet(Tx tx, OrganizationId organization) {
        return wallet.open(tx, organization);
    }

    /** Adds money; false when the same cause had brought it before. */
    public boolean topUp(Tx tx, OrganizationId organization, String cause, Money amount, Funding from) {
        return wallet.topUp(tx, organization, cause, amount, from);
    }

    /** Whether the quote could be held for now; nothing is set aside. */
    public Affordability affordability(Tx tx, OrganizationId organization, Quote quote) {
        Balance balance = wallet.balance(tx, organization);
        boolean covered = balance.available().compareTo(quote.max()) >= 0;
        return new Affordability(covered, true, balance, quote.max());
    }

    /**
     * Sets the quote's maximum aside, and uses the quote up when it binds. Without it no upstream may be called. A repeat
     * is a no-op.
     *
     * @throws ProblemException {@code INSUFFICIENT_FUNDS} with the facts {@code balance_usd} (what is available),
     *     {@code held_usd} and {@code required_usd} as decimal texts, and the same as {@code …_nanos}; or
     *     {@code QUOTE_NOT_USABLE}
     */
    public void hold(Tx tx, OrganizationId organization, HoldId id, Quote quote) {
        quotes.use(tx, organization, quote, id);
        switch (wallet.hold(tx, organization, id, quote.max(), Terms.of(quote).text())) {
            case HoldOutcome.Held() -> {}
            case HoldOutcome.Exists() -> {}
            case HoldOutcome.Insufficient(Balance balance) -> throw insufficient(balance, quote.max());
        }
    }

    /**
     * Charges a hold with what was used, by the price list in force when it was made, and writes the usage row.
     *
     * @return empty when the hold is resolved already or does not exist; then nothing is written
     * @throws IllegalStateException when the bill is for another model or price list than the hold
     */
    public Optional<Settlement> settle(Tx tx, HoldId id, Bill bill) {
        PriceList list = prices.find(tx, bill.model(), bill.priceVersion())
                .orElseThrow(() -> new IllegalStateException(
                        "bug: no price list " + bill.priceVersion() + " of " + bill.model() + " was ever in force"));
        Optional<Settlement> settlement = wallet.settle(tx, id, Costs.of(list, bill));
        settlement.ifPresent(settled -> {
            if (!settled.terms().equals(Terms.of(bill).text())) {
                throw new IllegalStateException("bug: " + id + " was held for " + settled.terms());
            }
            usage.add(tx, row(tx, settled, bill, list));
        });
        return settlement;
    }

    /** Gives all of an open hold back: nothing was delivered, nothing is charged. False when it is resolved already. */
    public boolean release(Tx tx, HoldId id) {
        return wallet.release(tx, id);
    }

    /** Pays part or all of a charge back; false when the same refund, by its number from 1, had been made before. */
    public boolean refund(Tx tx, HoldId id, int number, Money amount) {
        return wallet.refund(tx, id, number, amount);
    }

    private static UsageRow row(Tx tx, Settlement settled, Bill bill, PriceList list) {
        return new UsageRow(
                settled.hold().text(),
                settled.organization(),
                bill.key(),
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
                tx.now(),
                bill.latencyMs(),
                bill.firstByteMs());
    }

    private static ProblemException insufficient(Balance balance, Money required) {
        String detail = "The request may cost " + required + " and the wallet has " + balance.available()
                + " available (" + balance.held() + " is held); top it up, or ask for less.";
        return Problem.of(ProblemCode.INSUFFICIENT_FUNDS, detail)
                .withFacts(Map.of(
                        "balance_usd", balance.available().toUsd(),
                        "held_usd", balance.held().toUsd(),
                        "required_usd", required.toUsd(),
                        "balance_nanos", balance.available().nanos(),
                        "held_nanos", balance.held().nanos(),
                        "required_nanos", required.nanos()))
                .toException();
    }
}
