package dev.millrace.billing;

import dev.millrace.catalog.PriceCondition;
import dev.millrace.catalog.PriceList;
import dev.millrace.catalog.PriceRule;
import dev.millrace.json.CanonicalJson;
import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters that a price depends on, and no others: with them a charge can be explained and reckoned again, and
 * nothing of the content is kept. A parameter that only has to be given is kept as {@code true}.
 */
final class PricedBy {
    private PricedBy() {}

    static ObjectNode of(PriceList prices, ObjectNode parameters) {
        ObjectNode kept = Json.object();
        for (PriceRule rule : prices.rules()) {
            for (PriceCondition condition : rule.when()) {
                keep(kept, condition, parameters.get(condition.parameter()));
            }
        }
        return kept;
    }

    static String text(PriceList prices, ObjectNode parameters) {
        return new String(CanonicalJson.bytes(of(prices, parameters)), StandardCharsets.UTF_8);
    }

    private static void keep(ObjectNode kept, PriceCondition condition, @Nullable JsonNode value) {
        String name = condition.parameter();
        if (value == null || value.isNull()) {
            return;
        }
        // A text that no price names may be anything that a customer wrote.
        if (value.isNumber() || value.isBoolean() || named(condition, value)) {
            kept.set(name, value);
        } else if (!kept.has(name)) {
            kept.put(name, true);
        }
    }

    private static boolean named(PriceCondition condition, JsonNode value) {
        return switch (condition) {
            case PriceCondition.OneOf one -> one.values().contains(value);
            case PriceCondition.Between between -> false;
            case PriceCondition.Given given -> false;
        };
    }
}
