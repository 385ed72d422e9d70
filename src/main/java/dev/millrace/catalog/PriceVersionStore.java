package dev.millrace.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import java.util.Collection;
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

    /** The price list of a model that had this version, whenever it was served. */
    public Optional<PriceList> find(Tx tx, String model, String version) {
        Name name = new Name(model, version);
        PriceList cached = cache.getIfPresent(name);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<PriceList> found = tx.one(
                "select body from price_versions where model = ? and version = ?",
                row -> PriceReader.stored(version, row.text("body")),
                model,
                version);
        found.ifPresent(list -> cache.put(name, list));
        return found;
    }
}
