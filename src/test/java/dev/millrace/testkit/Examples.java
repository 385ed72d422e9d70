package dev.millrace.testkit;

import dev.millrace.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values that a schema takes, and values that it must refuse. */
public final class Examples {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> SAY_HOW_MUCH = Set.of("duration", "resolution", "count");

    private final JsonNode root;
    private final SplittableRandom random;
    private Map<String, String> files = Map.of();
    private String kind = "image";

    public Examples(JsonNode root, SplittableRandom random) {
        this.root = root;
        this.random = random;
    }

    /** The same, with these files where one is named, by {@code image}, {@code video} and {@code audio}, and these texts by name. */
    public Examples withFiles(Map<String, String> known) {
        files = Map.copyOf(known);
        return this;
    }

    /** Every required parameter and some of the others, each with a value in its range, often at its edge. */
    public ObjectNode valid() {
        return conditions(object(root));
    }

    /** The required parameters alone, and the least of those that say how much is made. */
    public ObjectNode least() {
        ObjectNode object = Json.object();
        List<String> required = texts(root.path("required"));
        root.path("properties").properties().forEach(entry -> {
            JsonNode schema = resolved(entry.getValue());
            String role = schema.path("x-role").asString("");
            if (SAY_HOW_MUCH.contains(role) && (schema.has("enum") || schema.has("minimum"))) {
                object.set(
                        entry.getKey(), schema.has("enum") ? schema.path("enum").get(0) : schema.path("minimum"));
            } else if (required.contains(entry.getKey())) {
                object.set(entry.getKey(), named(entry.getKey(), entry.getValue()));
            }
        });
        return conditions(object);
    }

    /** Holds what was made to what the schema says about parameters together. */
    private ObjectNode conditions(ObjectNode object) {
        if (root.has("if")) {
            apply(object, root.path(holds(object, root.path("if")) ? "then" : "else"));
        }
        if (root.has("anyOf") && root.path("anyOf").valueStream().noneMatch(branch -> holds(object, branch))) {
            apply(object, pick(root.path("anyOf")));
        }
        return object;
    }

    private static boolean holds(ObjectNode object, JsonNode condition) {
        return texts(condition.path("required")).stream().allMatch(object::has)
                && condition
                        .path("properties")
                        .propertyStream()
                        .allMatch(entry -> !object.has(entry.getKey())
                                || entry.getValue().path("const").equals(object.get(entry.getKey())));
    }

    private void apply(ObjectNode object, JsonNode more) {
        texts(more.path("required")).stream()
                .filter(name -> !object.has(name))
                .forEach(name ->
                        object.set(name, named(name, root.path("properties").path(name))));
        more.path("properties").properties().forEach(entry -> {
            JsonNode rule = entry.getValue();
            if (object.has(entry.getKey()) && rule.has("enum")) {
                object.set(entry.getKey(), pick(rule.path("enum")));
            }
        });
    }

    /** Values that break the schema of one parameter, each in one way. */
    public List<JsonNode> invalid(JsonNode property) {
        JsonNode schema = resolved(property);
        List<JsonNode> bad = new ArrayList<>();
        if (!schema.path("default").isNull()) {
            bad.add(NODES.nullNode());
        }
        switch (type(schema)) {
            case "string" -> {
                bad.add(NODES.numberNode(7));
                bad.add(NODES.booleanNode(true));
                if (schema.path("minLength").asInt(0) > 0) {
                    bad.add(NODES.stringNode(""));
                }
                if (schema.has("maxLength")) {
                    bad.add(NODES.stringNode("x".repeat(schema.path("maxLength").asInt() + 1)));
                }
            }
            case "integer", "number" -> {
                bad.add(NODES.stringNode("5"));
                if (schema.has("minimum")) {
                    bad.add(NODES.numberNode(
                            schema.path("minimum").decimalValue().subtract(BigDecimal.ONE)));
                }
                if (schema.has("maximum")) {
                    bad.add(NODES.numberNode(
                            schema.path("maximum").decimalValue().add(BigDecimal.ONE)));
                }
            }
            case "boolean" -> bad.add(NODES.stringNode("true"));
            case "array" -> bad.add(Json.object());
            case "object" -> bad.add(NODES.stringNode("x"));
            default -> bad.add(Json.object().put("a", 1));
        }
        if (schema.has("enum")) {
            bad.add(NODES.stringNode("none of them"));
        }
        return bad;
    }

    /** A value of a parameter; a file in it is of the kind that role or name tell. */
    private JsonNode named(String name, JsonNode property) {
        String told = resolved(property).path("x-role").asString("") + " " + name;
        if (files.containsKey(name)) {
            return NODES.stringNode(files.get(name));
        }
        kind = told.contains("video") || told.contains("clip") ? "video" : told.contains("audio") ? "audio" : "image";
        return value(property);
    }

    private JsonNode value(JsonNode property) {
        JsonNode schema = resolved(property);
        if (schema.has("enum")) {
            return pick(schema.path("enum"));
        }
        if (schema.has("anyOf")) {
            return value(pick(schema.path("anyOf")));
        }
        return switch (type(schema)) {
            case "string" -> text(schema);
            case "integer" -> NODES.numberNode(number(schema));
            case "number" ->
                random.nextBoolean() && schema.has("minimum") ? schema.path("minimum") : schema.path("maximum");
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> {
                ArrayNode array = Json.array();
                int fewest = schema.path("minItems").asInt(0);
                int most = Math.min(schema.path("maxItems").asInt(Math.max(fewest, 3)), fewest + 8);
                for (int i = random.nextInt(fewest, most + 1); i > 0; i--) {
                    array.add(value(schema.path("items")));
                }
                yield array;
            }
            case "object" -> object(schema);
            default -> NODES.stringNode("x");
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.object();
        List<String> required = texts(schema.path("required"));
        schema.path("properties").properties().forEach(entry -> {
            if (required.contains(entry.getKey()) || random.nextBoolean()) {
                object.set(entry.getKey(), named(entry.getKey(), entry.getValue()));
            }
        });
        schema.path("dependentRequired").properties().forEach(entry -> {
            if (object.has(entry.getKey())) {
                texts(entry.getValue())
                        .forEach(name -> object.set(
                                name, named(name, schema.path("properties").path(name))));
            }
        });
        return object;
    }

    private JsonNode text(JsonNode schema) {
        if (schema.has("examples")) {
            return pick(schema.path("examples"));
        }
        if (schema.path("format").asString("").equals("uri") && !files.isEmpty()) {
            return NODES.stringNode(files.getOrDefault(kind, ""));
        }
        if (schema.path("format").asString("").equals("uri")) {
            return NODES.stringNode("https://example.com/" + random.nextInt(1000) + ".png");
        }
        if (schema.path("format").asString("").equals("uuid")) {
            return NODES.stringNode("0190a5b2-7c11-7abc-8def-0123456789ab");
        }
        int least = schema.path("minLength").asInt(0);
        int most = Math.min(schema.path("maxLength").asInt(200), 500);
        return NODES.stringNode("é".repeat(random.nextBoolean() ? most : random.nextInt(least, most + 1)));
    }

    private long number(JsonNode schema) {
        long least = schema.path("minimum").asLong(Long.MIN_VALUE);
        long most = schema.path("maximum").asLong(Long.MAX_VALUE);
        return switch (random.nextInt(3)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most);
        };
    }

    /** The type of its values; of several the first, which is the one beside null. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private JsonNode pick(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? root.at(schema.path("$ref").asString().substring(1)) : schema;
    }

    public static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
