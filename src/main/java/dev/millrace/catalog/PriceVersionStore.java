package dev.millrace.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every price list that was ever served. Rows are added and never changed. */
public final class PriceVersionStore {
    private static final int CACHED_MAX = 2000;

    private record Name(String model, String version) {}

    /** What is found never changes; what is not found is not kept. */
    private final Cache<Name, PriceList> cache =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    /** Adds the price lists of these models that are not there yet. */
    public void remember(Tx tx, Collection<Model> models) {
        for (Model model : models) {
            tx.update(
                    """
                    insert into price_versions (model, version, body, first_seen) values (?, ?, ?, ?)
                    on conflict (model, version) do nothing""",
                    model.id(),
                    model.prices().version(),
                    Json.text(model.prices().body()),
                    tx.now());
        }
    }

    /** A price list of a model, and when it was first served. */
    public record Served(String model, PriceList prices, Instant firstSeen) {}

    /** Every price list that a model ever had, the oldest first. */
    public List<Served> of(Tx tx, String model) {
        return tx.list(
                "select version, body, first_seen from price_versions where model = ? order by first_seen, version",
                row -> new Served(
                        model, PriceReader.stored(row.text("version"), row.text("body")), row.instant("first_seen")),
                model);
    }

    /**
     * The price list of a model that had this version, whenever it was served. The versions of customers' prices are not kept one by
     * one: they say themselves what they are made of.
     */
    public Optional<PriceList> find(Tx tx, String model, String version) {
        Name name = new Name(model, version);
        PriceList cached = cache.getIfPresent(name);
        if (cached != null) {
            return Optional.of(cached);
        }
        Markup.Named named = Markup.parse(version);
        Optional<PriceList> found = tx.one(
                        "select body from price_versions where model = ? and version = ?",
                        row -> PriceReader.stored(named.base(), row.text("body")),
                        model,
                        named.base())
                .map(list -> list.under(named.markup()));
        found.ifPresent(list -> cache.put(name, list));
        return found;
    }
}
