package dev.millrace.console.schema;

import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what a JSON Schema says about the members of an object, for a table. */
public final class Parameters {
    private static final int DEPTH_MAX = 3;

    private final JsonNode root;
    private final int depthMax;
    private final List<ParameterRow> rows = new ArrayList<>();

    private Parameters(JsonNode root, int depth) {
        this.root = root;
        this.depthMax = depth;
    }

    /** A row for each parameter; members of lists and objects follow it. */
    public static List<ParameterRow> of(JsonNode schema) {
        return of(schema, schema, DEPTH_MAX);
    }

    /**
     * The same for a schema within a document.
     *
     * @param root what its references lead into
     * @param depth how many levels of members are shown
     */
    public static List<ParameterRow> of(JsonNode root, JsonNode schema, int depth) {
        Parameters parameters = new Parameters(root, depth);
        parameters.either(schema);
        return List.copyOf(parameters.rows);
    }

    /** One parameter alone, which a document describes beside its schema. */
    public static ParameterRow one(JsonNode root, String name, JsonNode schema, boolean required, String description) {
        Parameters parameters = new Parameters(root, 0);
        parameters.row(name, 0, schema, required);
        return parameters.rows.getFirst().described(description);
    }

    /** What a schema is called, as {@code list of Job}. */
    public static String name(JsonNode root, JsonNode schema) {
        return new Parameters(root, 0).type(schema);
    }

    private void either(JsonNode stated) {
        JsonNode schema = resolved(stated);
        // Beside members, alternatives are conditions on which of them go together.
        if (schema.has("anyOf") && !schema.has("properties")) {
            schema.path("anyOf").forEach(this::either);
        } else {
            JsonNode items = resolved(schema.path("items"));
            members("", 0, items.has("properties") ? items : schema);
        }
    }

    private void members(String before, int depth, JsonNode object) {
        List<String> required = texts(object.path("required"));
        object.path("properties").properties().stream()
                .sorted((a, b) -> Boolean.compare(required.contains(b.getKey()), required.contains(a.getKey())))
                .forEach(entry ->
                        row(before + entry.getKey(), depth, entry.getValue(), required.contains(entry.getKey())));
    }

    private void row(String name, int depth, JsonNode stated, boolean required) {
        JsonNode schema = resolved(stated);
        JsonNode items = resolved(schema.path("items"));
        boolean list = schema.path("type").asString("").equals("array");
        JsonNode valued = list ? items : schema;
        rows.add(new ParameterRow(
                name,
                depth,
                type(schema),
                required,
                stated.path("x-role")
                        .asString(schema.path("x-role").asString(""))
                        .replace('_', ' '),
                values(valued),
                SchemaRange.of(schema, items),
                standard(schema.has("default") ? schema : stated),
                description(stated, schema),
                stated.path("x-dialect").asString(""),
                ""));
        if (depth < depthMax) {
            members(name + (list ? "[]." : "."), depth + 1, valued);
        }
    }

    private static String description(JsonNode stated, JsonNode schema) {
        return stated.path("description").asString(schema.path("description").asString(""));
    }

    /** {@code integer}, {@code text or null}, {@code list of links}. */
    private String type(JsonNode schema) {
        if (schema.has("anyOf")) {
            return String.join(
                    " or ",
                    schema.path("anyOf")
                            .valueStream()
                            .map(this::type)
                            .distinct()
                            .toList());
        }
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return String.join(" or ", texts(type));
        }
        if (type.asString("").equals("array")) {
            return "list of " + type(schema.path("items"));
        }
        String format = schema.path("format").asString("");
        if (format.equals("uri")) {
            return "link";
        }
        return type.asString(schema.has("enum") ? "choice" : "any");
    }

    private static List<String> values(JsonNode schema) {
        if (schema.has("const")) {
            return List.of(text(schema.path("const")));
        }
        return schema.path("enum").valueStream().map(Parameters::text).toList();
    }

    private static String standard(JsonNode schema) {
        JsonNode value = schema.path("default");
        return value.isMissingNode() ? "" : value.isString() && value.asString().isEmpty() ? "\"\"" : text(value);
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : Json.text(value);
    }

    /** The texts of a list. */
    public static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
