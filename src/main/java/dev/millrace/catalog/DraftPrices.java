package dev.millrace.catalog;

import dev.millrace.money.Money;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices that nobody is charged by yet: what they name they replace, and all else is as it was.
 *
 * @param lists prices by the ids of the models that a draft of a catalogue names
 * @param millionths the factor for everybody; null for that which each request was charged under
 * @param minimum the same of the minimum
 */
public record DraftPrices(
        Map<String, PriceList> lists,
        @Nullable Long millionths,
        @Nullable Money minimum) {
    public DraftPrices {
        lists = Map.copyOf(lists);
    }

    /**
     * The prices of a catalogue file, by model; its aliases play no part.
     *
     * @throws CatalogException with every mistake in it
     */
    public static Map<String, PriceList> read(String name, byte[] file) {
        Map<String, PriceList> lists = new HashMap<>();
        CatalogFile.strict(name, file)
                .entries()
                .forEach(entry -> lists.put(entry.model().id(), entry.model().prices()));
        return Collections.unmodifiableMap(lists);
    }

    /** Whether it names nothing. */
    public boolean isEmpty() {
        return lists.isEmpty() && millionths == null && minimum == null;
    }

    /** What a request would have been priced by that was priced by {@code then}. */
    public PriceList instead(String model, PriceList then) {
        Markup was = then.markup();
        Long factor = millionths;
        Money least = minimum;
        return lists.getOrDefault(model, then)
                .under(new Markup(factor == null ? was.millionths() : factor, least == null ? was.minimum() : least));
    }
}
