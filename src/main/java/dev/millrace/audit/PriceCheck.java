package dev.millrace.audit;

import dev.millrace.billing.Costs;
import dev.millrace.billing.PriceBook;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The second half of M8: every charge is reckoned again from what its usage row kept. */
final class PriceCheck implements Check {
    private static final int PAGE = 500;

    private final PriceBook prices;
    private final UsageStore usage = new UsageStore();
    private final Wallet wallet = new Wallet();

    PriceCheck(PriceBook prices) {
        this.prices = prices;
    }

    @Override
    public String id() {
        return "M8-price";
    }

    @Override
    public String sentence() {
        return "Every charge is what the price list of its hold asks for the units used, and never above the hold.";
    }

    @Override
    public CheckResult run(Tx tx) {
        List<String> examples = new ArrayList<>();
        long seen = 0;
        long broken = 0;
        List<UsageRow> page = usage.after(tx, "", PAGE);
        while (!page.isEmpty()) {
            for (UsageRow row : page) {
                Optional<String> wrong = wrong(tx, row);
                broken += wrong.isPresent() ? 1 : 0;
                wrong.filter(what -> examples.size() < CheckResult.EXAMPLES_MAX).ifPresent(examples::add);
            }
            seen += page.size();
            page = usage.after(tx, page.getLast().id(), PAGE);
        }
        return new CheckResult(id(), sentence(), seen, broken, examples);
    }

    private Optional<String> wrong(Tx tx, UsageRow row) {
        Optional<PriceList> list = prices.find(tx, row.model(), row.priceVersion());
        Optional<Hold> hold = wallet.find(tx, new HoldId(row.id()));
        if (list.isEmpty() || hold.isEmpty()) {
            return Optional.of(row.id() + ": its " + (list.isEmpty() ? "price list" : "hold") + " is not there");
        }
        Money due = Money.min(hold.get().amount(), cost(list.get(), row));
        return due.equals(row.charge())
                ? Optional.empty()
                : Optional.of(row.id() + ": charged " + row.charge() + ", due were " + due);
    }

    private static Money cost(PriceList list, UsageRow row) {
        return Costs.of(list, Json.readOwnObject(row.pricedBy()), row.units(), row.status());
    }
}
