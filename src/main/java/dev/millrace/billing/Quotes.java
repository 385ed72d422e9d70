package dev.millrace.billing;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.QuoteId;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reckons what requests may cost, and keeps the quotes that bind. A binding quote holds the price list that it was
 * reckoned by, and can be used once, with the key that asked for it, for any request to its model that costs at most its
 * {@code max} by that list.
 */
public final class Quotes {
    /** How long a binding quote can be used. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private final QuoteStore store = new QuoteStore();
    private final PriceBook prices;
    private final IdSource ids;
    private final CustomerPrices customers;

    /** Quotes the catalogue's prices to everybody. */
    public Quotes(PriceBook prices, IdSource ids) {
        this(prices, ids, CustomerPrices.LISTED);
    }

    /** @param customers what each organization pays */
    public Quotes(PriceBook prices, IdSource ids, CustomerPrices customers) {
        this.prices = prices;
        this.ids = ids;
        this.customers = customers;
    }

    /** What a request with these checked parameters may cost by the list prices of now; it does not bind. */
    public Quote price(Model model, ObjectNode parameters, Units planned) {
        return price(model, customers.of(model, null), parameters, planned);
    }

    /** What it may cost an organization, by the prices that it pays now; it does not bind. */
    public Quote price(OrganizationId organization, Model model, ObjectNode parameters, Units planned) {
        return price(model, customers.of(model, organization), parameters, planned);
    }

    private static Quote price(Model model, PriceList prices, ObjectNode parameters, Units planned) {
        Money max = prices.worst(parameters, planned);
        Money expected = Money.min(max, prices.charge(parameters, planned));
        return new Quote(null, model.id(), prices.version(), max, expected, null);
    }

    /** Makes a quote binding, for the lifetime from now on. */
    public Quote bind(Tx tx, OrganizationId organization, KeyId key, Quote quote) {
        QuoteId id = ids.quote();
        Instant expiresAt = tx.now().plus(LIFETIME);
        store.add(
                tx,
                new QuoteStore.Stored(
                        id,
                        organization,
                        key,
                        quote.model(),
                        quote.priceVersion(),
                        quote.max(),
                        quote.expected(),
                        expiresAt,
                        null));
        return new Quote(id, quote.model(), quote.priceVersion(), quote.max(), quote.expected(), expiresAt);
    }

    /**
     * The organization's quote as it was bound, whether it can still be used or not.
     *
     * @throws ProblemException {@code QUOTE_NOT_USABLE} when there is none
     */
    public Quote find(Tx tx, QuoteId id, OrganizationId organization) {
        QuoteStore.Stored stored = own(tx, id, organization);
        return new Quote(
                id, stored.model(), stored.priceVersion(), stored.max(), stored.expected(), stored.expiresAt());
    }

    /**
     * What a request costs under a binding quote. It is used up only by the hold.
     *
     * @throws ProblemException {@code QUOTE_NOT_USABLE}, whose detail and fact {@code reason} say which: {@code not_found}
     *     (also when it belongs to another organization), {@code other_key}, {@code used}, {@code expired},
     *     {@code other_model}, {@code not_covered}
     */
    public Quote quoted(
            Tx tx,
            QuoteId id,
            OrganizationId organization,
            KeyId key,
            Model model,
            ObjectNode parameters,
            Units planned) {
        QuoteStore.Stored stored = own(tx, id, organization);
        if (!stored.key().equals(key)) {
            throw unusable(
                    "other_key", "The quote was given to another key; use it with that one, or ask for a new one.");
        }
        if (stored.usedBy() != null) {
            throw used();
        }
        if (!tx.now().isBefore(stored.expiresAt())) {
            throw expired(stored.expiresAt());
        }
        if (!stored.model().equals(model.id())) {
            throw unusable(
                    "other_model", "The quote is for " + stored.model() + ", the request for " + model.id() + ".");
        }
        PriceList list = prices.find(tx, model.id(), stored.priceVersion()).orElseThrow();
        Quote quote = price(model, list, parameters, planned);
        if (quote.max().compareTo(stored.max()) > 0) {
            throw unusable(
                    "not_covered",
                    "The request may cost " + quote.max() + ", the quote covers " + stored.max()
                            + "; ask for a quote with the parameters of the request.");
        }
        return new Quote(id, quote.model(), quote.priceVersion(), quote.max(), quote.expected(), stored.expiresAt());
    }

    /** Uses a binding quote up for one hold; one that does not bind needs no use. */
    void use(Tx tx, OrganizationId organization, Quote quote, HoldId hold) {
        QuoteId id = quote.id();
        if (id == null || store.use(tx, id, organization, hold)) {
            return;
        }
        QuoteStore.Stored stored = own(tx, id, organization);
        throw stored.usedBy() != null ? used() : expired(stored.expiresAt());
    }

    /**
     * Deletes quotes that expired a day ago or earlier.
     *
     * @return how many; as many as {@code max} means that there may be more
     */
    public int prune(Tx tx, int max) {
        return store.prune(tx, tx.now().minus(Duration.ofDays(1)), max);
    }

    private QuoteStore.Stored own(Tx tx, QuoteId id, OrganizationId organization) {
        return store.find(tx, id)
                .filter(found -> found.organization().equals(organization))
                .orElseThrow(() -> unusable("not_found", "There is no such quote; ask for a new one."));
    }

    private static ProblemException used() {
        return unusable("used", "The quote has been used for another request; ask for a new one.");
    }

    private static ProblemException expired(Instant at) {
        return unusable("expired", "The quote expired at " + at + "; ask for a new one.");
    }

    private static ProblemException unusable(String reason, String detail) {
        return Problem.of(ProblemCode.QUOTE_NOT_USABLE, detail)
                .withFacts(Map.of("reason", reason))
                .toException();
    }
}
