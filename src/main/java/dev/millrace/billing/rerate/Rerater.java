package dev.millrace.billing.rerate;

import dev.millrace.billing.Costs;
import dev.millrace.billing.PriceBook;
import dev.millrace.catalog.DraftPrices;
import dev.millrace.catalog.PriceList;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsagePage;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Prices past requests by a draft, a page of usage rows at a time; writes nothing. */
public final class Rerater {
    private static final int PAGE = 1000;
    private static final int PRICES_MAX = 2000;

    private final Database database;
    private final UsageStore usage;
    private final PriceBook prices;

    public Rerater(Database database, UsageStore usage, PriceBook prices) {
        this.database = database;
        this.usage = usage;
        this.prices = prices;
    }

    private record Name(String model, String version) {}

    /** How requests are priced anew that were priced by one list. */
    private record Method(PriceList then, PriceList now, Kept kept) {}

    /** The draft and the methods that follow from it, as far as they were needed. */
    private final class Pricing {
        private final DraftPrices draft;
        private final Map<Name, Optional<Method>> methods = new HashMap<>();

        Pricing(DraftPrices draft) {
            this.draft = draft;
        }

        Optional<Method> of(Tx tx, UsageRow row) {
            if (methods.size() > PRICES_MAX) {
                methods.clear();
            }
            return methods.computeIfAbsent(
                    new Name(row.model(), row.priceVersion()),
                    name -> prices.find(tx, name.model(), name.version()).map(then -> {
                        PriceList now = draft.instead(name.model(), then);
                        return new Method(then, now, new Kept(then, now));
                    }));
        }
    }

    /**
     * Prices what an organization used from one moment on and before another.
     *
     * @param each is told of every request, the newest first
     */
    public Rerating run(
            OrganizationId organization, Instant from, Instant until, DraftPrices draft, Consumer<Rated> each) {
        UsageFilter filter = UsageFilter.between(from, until);
        Pricing pricing = new Pricing(draft);
        Tally tally = new Tally();
        String cursor = null;
        do {
            String place = cursor;
            cursor = database.read(tx -> {
                        UsagePage page = usage.list(tx, organization, filter, place, PAGE);
                        for (UsageRow row : page.rows()) {
                            Rated rated = rate(tx, row, pricing);
                            tally.add(rated);
                            each.accept(rated);
                        }
                        return Optional.ofNullable(page.next());
                    })
                    .orElse(null);
        } while (cursor != null);
        return tally.sum();
    }

    private Rated rate(Tx tx, UsageRow row, Pricing pricing) {
        if (row.units().isEmpty()) {
            return new Rated(row, Money.ZERO, null);
        }
        Method method = pricing.of(tx, row).orElse(null);
        if (method == null) {
            return new Rated(row, Money.ZERO, Unrated.NO_PRICE_LIST);
        }
        PriceList then = method.then();
        if (method.now().version().equals(then.version())) {
            return new Rated(row, row.charge(), null);
        }
        ObjectNode kept = Json.readOwnObject(row.pricedBy());
        if (!Costs.of(then, kept, row.units(), row.status()).equals(row.charge())) {
            return new Rated(row, Money.ZERO, Unrated.ABOVE_HOLD);
        }
        // Another markup asks for nothing that the old prices did not ask for.
        Optional<Unrated> missing = method.now().base().equals(then.base())
                ? Optional.empty()
                : method.kept().missing(kept, row.units());
        return missing.map(why -> new Rated(row, Money.ZERO, why))
                .orElseGet(() -> new Rated(row, Costs.of(method.now(), kept, row.units(), row.status()), null));
    }
}
