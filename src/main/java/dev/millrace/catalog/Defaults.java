package dev.millrace.catalog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in the defaults that a schema states. A default of null means that the parameter may be absent: nothing is filled. */
final class Defaults {
    private final JsonNode root;

    Defaults(JsonNode root) {
        this.root = root;
    }

    void fill(ObjectNode value) {
        fill(root, value);
    }

    private void fill(JsonNode schema, JsonNode value) {
        JsonNode resolved = resolved(schema);
        if (value instanceof ObjectNode object) {
            resolved.path("properties").properties().forEach(entry -> {
                JsonNode property = resolved(entry.getValue());
                JsonNode standard = property.path("default");
                JsonNode given = object.get(entry.getKey());
                if (given != null) {
                    fill(property, given);
                } else if (!standard.isMissingNode() && !standard.isNull()) {
                    object.set(entry.getKey(), standard.deepCopy());
                }
            });
        } else if (value.isArray()) {
            value.forEach(item -> fill(resolved.path("items"), item));
        }
    }

    /** Takes out the nulls that mean "not given": those of properties whose default is null. */
    void dropNulls(ObjectNode value) {
        root.path("properties").properties().forEach(entry -> {
            JsonNode given = value.get(entry.getKey());
            if (given != null
                    && given.isNull()
                    && resolved(entry.getValue()).path("default").isNull()) {
                value.remove(entry.getKey());
            }
        });
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
    }
}
