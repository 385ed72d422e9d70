package dev.millrace.console.reference;

import dev.millrace.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that fit a schema, with values that names suggest. */
final class ExampleBody {
    private static final int DEPTH_MAX = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;

    ExampleBody(JsonNode root) {
        this.root = root;
    }

    /** A body with every member, as it is answered. */
    String text(JsonNode schema) {
        return value("", schema, 0, false).toPrettyString().replace("\" : ", "\": ");
    }

    /** A body with the members that must be there, as it is sent. */
    String required(JsonNode schema) {
        return value("", schema, 0, true).toPrettyString().replace("\" : ", "\": ");
    }

    private JsonNode value(String name, JsonNode stated, int depth, boolean least) {
        JsonNode schema = resolved(stated);
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                return value(name, schema.path(choice).path(0), depth, least);
            }
        }
        if (schema.has("default") && !schema.path("default").isNull()) {
            return schema.path("default");
        }
        return switch (type(schema)) {
            case "integer", "number" -> number(name, schema);
            case "boolean" -> NODES.booleanNode(false);
            case "array" ->
                depth >= DEPTH_MAX
                        ? Json.array()
                        : Json.array().add(value(one(name), schema.path("items"), depth + 1, least));
            case "object" -> object(schema, depth, least);
            default ->
                NODES.stringNode(ExampleText.of(name, schema.path("format").asString("")));
        };
    }

    private ObjectNode object(JsonNode schema, int depth, boolean least) {
        ObjectNode object = Json.object();
        Set<String> required = Set.copyOf(
                schema.path("required").valueStream().map(JsonNode::asString).toList());
        if (depth < DEPTH_MAX) {
            schema.path("properties").properties().forEach(member -> {
                if (!least || required.contains(member.getKey())) {
                    object.set(member.getKey(), value(member.getKey(), member.getValue(), depth + 1, least));
                }
            });
        }
        return object;
    }

    private static JsonNode number(String name, JsonNode schema) {
        if (schema.has("minimum")) {
            return schema.path("minimum");
        }
        if (name.equals("progress")) {
            return NODES.numberNode(100);
        }
        return NODES.numberNode(name.startsWith("created") || name.equals("created") ? 1_798_200_000 : 1);
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        String first = type.isArray() ? type.path(0).asString("") : type.asString("");
        return first.isEmpty() && schema.has("properties") ? "object" : first;
    }

    private static String one(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
    }
}
