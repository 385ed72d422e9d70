package dev.millrace.catalog;

import dev.millrace.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a value in the form that a parameter's schema asks for: {@code "5s"} as 5, one picture as a list of one,
 * {@code 1080} as {@code 1080p}. What it can not turn it leaves as it is, for the schema to refuse.
 */
final class Fitting {
    private static final int DIGITS_MAX = 40;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,9}(?:\\.\\d{1,6})?)\\s*(s|sec|seconds)?");
    private static final int MILLISECONDS = 1000;

    private Fitting() {}

    /** @param schema of the parameter, without references */
    static JsonNode fit(JsonNode schema, JsonNode value) {
        if (isList(schema)) {
            ArrayNode list = Json.array();
            items(value).forEach(item -> list.add(fit(schema.path("items"), item)));
            return list;
        }
        if (value.isNumber() && isFar(value.decimalValue())) {
            return value;
        }
        if (value instanceof ArrayNode array) {
            return array.size() == 1 ? fit(schema, array.get(0)) : value;
        }
        if (schema.has("enum")) {
            return listed(schema, value);
        }
        return switch (type(schema)) {
            case "integer", "number" -> number(schema, value);
            case "string" ->
                value.isNumber() ? NODES.stringNode(value.decimalValue().toPlainString()) : value;
            case "boolean" -> flag(value);
            case "object" -> link(schema, value);
            default -> value;
        };
    }

    /** No parameter is as large or as fine as that, and written out such a number may fill the memory: the schema refuses it. */
    private static boolean isFar(BigDecimal number) {
        return number.precision() - (long) number.scale() > DIGITS_MAX || number.scale() > DIGITS_MAX;
    }

    static boolean isList(JsonNode schema) {
        return type(schema).equals("array");
    }

    /** The type that a value of this schema has; of several the first, which is the one beside null. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private static Iterable<JsonNode> items(JsonNode value) {
        return value instanceof ArrayNode array ? array : List.of(value);
    }

    private static JsonNode listed(JsonNode schema, JsonNode value) {
        List<JsonNode> allowed =
                StreamSupport.stream(schema.path("enum").spliterator(), false).toList();
        if (value.isBoolean()) {
            String word = value.asBoolean() ? "on" : "off";
            return first(allowed, one -> one.asString("").equals(word)).orElse(value);
        }
        return first(allowed, one -> one.equals(value))
                .or(() -> first(allowed, one -> plain(one).equals(plain(value))))
                .or(() -> first(allowed, one -> Ratio.same(one.asString(""), value.asString(""))))
                .orElse(value);
    }

    private static Optional<JsonNode> first(List<JsonNode> values, Predicate<JsonNode> wanted) {
        return values.stream().filter(wanted).findFirst();
    }

    /** A name without what differs between upstreams: case, the unit behind a number, and two names for one thing. */
    private static String plain(JsonNode value) {
        String text =
                value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asString("");
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "jpg" -> "jpeg";
            case "hd" -> "high";
            case "4k", "2160p" -> "4k";
            default -> lower.matches("\\d+(p|px|s)") ? lower.replaceFirst("(p|px|s)$", "") : lower;
        };
    }

    private static JsonNode number(JsonNode schema, JsonNode value) {
        BigDecimal number = value.isNumber() ? value.decimalValue() : parsed(value);
        if (number == null) {
            return value;
        }
        boolean thousand = schema.path("x-unit").asString("").equals("milliseconds");
        BigDecimal stated = thousand ? number.multiply(BigDecimal.valueOf(MILLISECONDS)) : number;
        return stated.stripTrailingZeros().scale() <= 0 && stated.precision() < 10
                ? NODES.numberNode(stated.intValueExact())
                : NODES.numberNode(stated);
    }

    private static @Nullable BigDecimal parsed(JsonNode value) {
        Matcher number = NUMBER.matcher(value.asString(""));
        return number.matches() ? new BigDecimal(number.group(1)) : null;
    }

    private static JsonNode flag(JsonNode value) {
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "on", "true" -> NODES.booleanNode(true);
            case "off", "false" -> NODES.booleanNode(false);
            default -> value;
        };
    }

    /** A link as the object that some upstreams wrap it in. */
    private static JsonNode link(JsonNode schema, JsonNode value) {
        if (!value.isString()) {
            return value;
        }
        ObjectNode object = Json.object();
        schema.path("properties").properties().forEach(entry -> {
            JsonNode property = entry.getValue();
            if (property.path("format").asString("").equals("uri")) {
                object.set(entry.getKey(), value);
            } else if (property.has("const")) {
                object.set(entry.getKey(), property.path("const"));
            } else if (property.path("enum").size() == 1) {
                object.set(entry.getKey(), property.path("enum").get(0));
            }
        });
        return object;
    }
}
