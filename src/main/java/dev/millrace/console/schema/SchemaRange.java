package dev.millrace.console.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says in words what a schema allows that lists no values. */
final class SchemaRange {
    private SchemaRange() {}

    static String of(JsonNode schema, JsonNode items) {
        List<String> parts = new ArrayList<>();
        span(parts, schema, "minimum", "maximum", "");
        if (schema.has("multipleOf")) {
            parts.add("in steps of " + schema.path("multipleOf").asString());
        }
        span(parts, schema, "minLength", "maxLength", " characters");
        span(parts, schema, "minItems", "maxItems", " items");
        if (schema.has("items")) {
            span(parts, items, "minimum", "maximum", " each");
            span(parts, items, "minLength", "maxLength", " characters each");
        }
        if (schema.has("pattern")) {
            parts.add("matches " + schema.path("pattern").asString());
        }
        return String.join(", ", parts);
    }

    private static void span(List<String> parts, JsonNode schema, String least, String most, String what) {
        String low = schema.path(least).asString("");
        String high = schema.path(most).asString("");
        if (low.isEmpty() && high.isEmpty()) {
            return;
        }
        if (high.isEmpty()) {
            parts.add("at least " + low + what);
        } else if (low.isEmpty() || low.equals("0") && !what.isEmpty() && !what.equals(" each")) {
            parts.add("up to " + high + what);
        } else {
            parts.add(low.equals(high) ? high + what : low + " to " + high + what);
        }
    }
}
