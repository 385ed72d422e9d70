package dev.millrace.audit;

import dev.millrace.billing.Costs;
import dev.millrace.billing.PriceBook;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsagePage;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Wallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The second half of M8: every charge is reckoned again from what its usage row kept. */
final class PriceCheck implements Check {
    private static final int PAGE = 500;

    private static final String CHARGED_SINCE = """
            select distinct t.organization from wallets w cross join transfers t
            where t.organization = w.organization and t.created_at > ? and t.kind = 'settle'""";

    private final PriceBook prices;
    private final @Nullable Instant since;
    private final UsageStore usage = new UsageStore();
    private final Wallet wallet = new Wallet();

    PriceCheck(PriceBook prices) {
        this(prices, null);
    }

    /** @param since reckons only what was charged later; null for all that ever was */
    PriceCheck(PriceBook prices, @Nullable Instant since) {
        this.prices = prices;
        this.since = since;
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
        Found found = new Found();
        if (since == null) {
            everything(tx, found);
        } else {
            for (OrganizationId organization :
                    tx.list(CHARGED_SINCE, row -> new OrganizationId(row.uuid("organization")), since)) {
                newest(tx, organization, since, found);
            }
        }
        return new CheckResult(id(), sentence(), found.seen, found.broken, found.examples);
    }

    private void everything(Tx tx, Found found) {
        List<UsageRow> page = usage.after(tx, "", PAGE);
        while (!page.isEmpty()) {
            found.add(tx, page);
            page = usage.after(tx, page.getLast().id(), PAGE);
        }
    }

    private void newest(Tx tx, OrganizationId organization, Instant from, Found found) {
        UsageFilter filter = UsageFilter.between(from, Keyset.START.time());
        UsagePage page = usage.list(tx, organization, filter, null, PAGE);
        found.add(tx, page.rows());
        while (page.next() != null) {
            page = usage.list(tx, organization, filter, page.next(), PAGE);
            found.add(tx, page.rows());
        }
    }

    /** What was found so far. */
    private final class Found {
        private final List<String> examples = new ArrayList<>();
        private long seen;
        private long broken;

        void add(Tx tx, List<UsageRow> rows) {
            seen += rows.size();
            for (UsageRow row : rows) {
                wrong(tx, row).ifPresent(what -> {
                    broken++;
                    if (examples.size() < CheckResult.EXAMPLES_MAX) {
                        examples.add(what);
                    }
                });
            }
        }
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
