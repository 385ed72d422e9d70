package dev.millrace.catalog;

import dev.millrace.money.Money;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A price block as it is shown to a customer who pays its prices under a markup. */
final class MarkedBody {
    private static final List<String> PRICES = List.of("usd", "usd_per_million");

    private MarkedBody() {}

    static ObjectNode of(ObjectNode body, Markup markup) {
        ObjectNode marked = body.deepCopy();
        for (JsonNode rule : marked.path("rules")) {
            for (String field : PRICES) {
                if (rule instanceof ObjectNode priced && priced.path(field).isString()) {
                    Money price = markup.on(Money.usd(priced.path(field).asString()));
                    priced.put(field, price.toDecimal().stripTrailingZeros().toPlainString());
                }
            }
        }
        if (markup.minimum().isPositive()) {
            marked.put("minimum_usd", markup.minimum().toUsd());
        }
        return marked;
    }
}
