package dev.millrace.billing;

import dev.millrace.catalog.Markup;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Wallet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Explains charges, from what was kept when they were made: nothing is guessed, and prices of now play no part. */
public final class Explanations {
    private final Wallet wallet;
    private final UsageStore usage;
    private final PriceBook prices;

    Explanations(Wallet wallet, UsageStore usage, PriceBook prices) {
        this.wallet = wallet;
        this.usage = usage;
        this.prices = prices;
    }

    /** What a request of the organization was charged and why; empty when it has no such request, or it has not ended. */
    public Optional<Explanation> find(Tx tx, OrganizationId organization, String usageId) {
        return usage.find(tx, organization, usageId).map(row -> explain(tx, row));
    }

    private Explanation explain(Tx tx, UsageRow row) {
        HoldId id = new HoldId(row.id());
        Hold hold = wallet.find(tx, id).orElseThrow();
        Optional<PriceList> found = prices.find(tx, row.model(), row.priceVersion());
        ObjectNode parameters = Json.readOwnObject(row.pricedBy());
        return new Explanation(
                row,
                hold,
                row.units().isEmpty() ? List.of() : found.orElseThrow().lines(parameters, row.units()),
                found.map(PriceList::markup).orElse(Markup.NONE),
                row.units().isEmpty()
                        ? Money.ZERO
                        : Costs.of(found.orElseThrow(), parameters, row.units(), row.status()),
                usage.attempts(tx, row.id()),
                wallet.transfers(tx, id));
    }
}
