package dev.millrace.provider.sandbox.text;

import dev.millrace.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes JSON that keeps a JSON Schema, as far as the schema is of the kind that tools have: types, ranges, lengths, formats, simple
 * patterns, lists of values, references, alternatives. What the question says is taken where it fits.
 */
public final class SchemaValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 24;
    private static final int ITEMS_MAX = 64;
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final ObjectNode root;
    private final Cues cues;

    private SchemaValue(ObjectNode root, String question) {
        this.root = root;
        this.cues = new Cues(question);
    }

    /** A value that the schema takes; the same for the same question. */
    public static JsonNode of(ObjectNode schema, String question) {
        return new SchemaValue(schema, question).value(schema, "value", 0);
    }

    private JsonNode value(JsonNode stated, String name, int depth) {
        JsonNode schema = merged(stated, depth);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return cues.choice(schema.get("enum"));
        }
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (!schema.path(alternatives).isEmpty() && depth < DEPTH_MAX) {
                return value(first(schema.get(alternatives)), name, depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer" -> number(schema, true);
            case "number" -> number(schema, false);
            case "boolean" -> NODES.booleanNode(schema.path("default").asBoolean(true));
            case "null" -> NODES.nullNode();
            case String text -> NODES.stringNode(SchemaText.of(schema, name, cues));
        };
    }

    /** The schema with its reference followed, and what it must keep besides laid over it. */
    private JsonNode merged(JsonNode stated, int depth) {
        JsonNode schema = stated;
        for (int hops = 0; schema.has("$ref") && hops < DEPTH_MAX; hops++) {
            String reference = schema.get("$ref").asString("");
            schema = reference.equals("#") ? root : root.at(reference.substring(1));
        }
        if (schema.path("allOf").isEmpty() || depth >= DEPTH_MAX) {
            return schema;
        }
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        for (JsonNode part : schema.get("allOf")) {
            merged(part, depth + 1).properties().forEach(entry -> lay(whole, entry.getKey(), entry.getValue()));
        }
        return whole;
    }

    private static void lay(ObjectNode whole, String keyword, JsonNode value) {
        JsonNode there = whole.path(keyword);
        if (there instanceof ObjectNode properties && value instanceof ObjectNode more) {
            properties.setAll(more);
        } else if (keyword.equals("required") && there instanceof ArrayNode names && value instanceof ArrayNode more) {
            names.addAll(more);
        } else {
            whole.set(keyword, value);
        }
    }

    private static JsonNode first(JsonNode alternatives) {
        return StreamSupport.stream(alternatives.spliterator(), false)
                .filter(one -> !one.path("type").asString("").equals("null"))
                .findFirst()
                .orElse(alternatives.get(0));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false)
                    .map(one -> one.asString(""))
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        if (type.isString()) {
            return type.asString();
        }
        return schema.has("properties") ? "object" : schema.has("items") ? "array" : "string";
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        JsonNode properties = schema.path("properties");
        if (depth < DEPTH_MAX) {
            for (JsonNode required : schema.path("required")) {
                String name = required.asString("");
                object.set(name, value(properties.path(name), name, depth + 1));
            }
            schema.path("dependentRequired").properties().forEach(entry -> {
                if (object.has(entry.getKey())) {
                    entry.getValue().forEach(needed -> {
                        String name = needed.asString("");
                        object.set(name, value(properties.path(name), name, depth + 1));
                    });
                }
            });
            for (var entry : properties.properties()) {
                if (object.size() >= schema.path("minProperties").asInt(0)) {
                    break;
                }
                if (!object.has(entry.getKey())) {
                    object.set(entry.getKey(), value(entry.getValue(), entry.getKey(), depth + 1));
                }
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = Json.array();
        JsonNode fixed = schema.path("prefixItems");
        int least = Math.clamp(schema.path("minItems").asInt(0), 0, ITEMS_MAX);
        int most = Math.clamp(schema.path("maxItems").asInt(ITEMS_MAX), 0, ITEMS_MAX);
        int count = Math.min(Math.max(least, Math.max(1, fixed.size())), most);
        JsonNode items = schema.path("items");
        JsonNode values = merged(items, depth).path("enum");
        boolean distinct = schema.path("uniqueItems").asBoolean(false);
        for (int i = 0; i < count && depth < DEPTH_MAX; i++) {
            if (i < fixed.size()) {
                array.add(value(fixed.get(i), name, depth + 1));
            } else if (distinct && i < values.size()) {
                array.add(values.get(i));
            } else {
                array.add(numbered(value(items, name, depth + 1), distinct ? i : 0));
            }
        }
        return array;
    }

    /** Another value of the same type, where the values of a list have to differ. */
    private static JsonNode numbered(JsonNode value, int number) {
        if (number == 0) {
            return value;
        }
        return value.isIntegralNumber()
                ? NODES.numberNode(value.asLong() + number)
                : value.isString() ? NODES.stringNode(value.asString() + " " + (number + 1)) : value;
    }

    private JsonNode number(JsonNode schema, boolean whole) {
        BigDecimal step = schema.path("multipleOf").isNumber()
                ? schema.get("multipleOf").decimalValue()
                : whole ? BigDecimal.ONE : new BigDecimal("0.5");
        BigDecimal least = bound(schema, "minimum", "exclusiveMinimum", step, LEAST);
        BigDecimal most = bound(schema, "maximum", "exclusiveMaximum", step.negate(), MOST);
        boolean stepped = schema.has("multipleOf");
        Optional<BigDecimal> told = cues.number(least, most, whole)
                .filter(one -> !stepped || one.remainder(step).signum() == 0);
        BigDecimal value = told.orElseGet(() -> schema.path("default").isNumber()
                ? schema.get("default").decimalValue()
                : least.compareTo(BigDecimal.ONE) <= 0 && most.compareTo(BigDecimal.ONE) >= 0 && !stepped
                        ? BigDecimal.ONE
                        : least.compareTo(LEAST) == 0
                                ? most.compareTo(MOST) == 0 ? step : down(most, step)
                                : least.divide(step, 0, RoundingMode.CEILING).multiply(step));
        return whole ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static BigDecimal down(BigDecimal most, BigDecimal step) {
        return most.divide(step, 0, RoundingMode.FLOOR).multiply(step);
    }

    private static BigDecimal bound(
            JsonNode schema, String inclusive, String exclusive, BigDecimal step, BigDecimal otherwise) {
        if (schema.path(exclusive).isNumber()) {
            return schema.get(exclusive).decimalValue().add(step);
        }
        return schema.path(inclusive).isNumber() ? schema.get(inclusive).decimalValue() : otherwise;
    }
}
