package dev.millrace.billing;

import dev.millrace.catalog.PriceLine;
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
        Hold hold = wallet.find(tx, new HoldId(row.id())).orElseThrow();
        List<PriceLine> lines = lines(tx, row);
        Money cost = Money.ZERO;
        for (PriceLine line : lines) {
            cost = cost.plus(line.amount());
        }
        return new Explanation(row, hold, lines, Money.min(cost, Costs.MOST), usage.attempts(tx, row.id()));
    }

    private List<PriceLine> lines(Tx tx, UsageRow row) {
        if (row.units().isEmpty()) {
            return List.of();
        }
        PriceList list = prices.find(tx, row.model(), row.priceVersion()).orElseThrow();
        ObjectNode parameters = Json.readOwnObject(row.pricedBy());
        return list.lines(parameters, row.units());
    }
}
