package dev.millrace.api.millrace.models;

import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.catalog.Model;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a model one by one, as a page about it lists them. */
final class ModelParameters {
    private ModelParameters() {}

    /** Each with {@code name}, {@code required}, {@code role} where all models share its meaning, and what its schema says. */
    static List<ObjectNode> of(Model model) {
        ObjectNode schema = model.inputSchema();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        List<ObjectNode> parameters = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            JsonNode own = property.getValue();
            String dialect = own.path("x-dialect").asString("");
            if (dialect.isEmpty() || dialect.equals(MillraceApi.DIALECT)) {
                parameters.add(parameter(property.getKey(), required.contains(property.getKey()), own));
            }
        });
        return parameters;
    }

    private static ObjectNode parameter(String name, boolean required, JsonNode schema) {
        ObjectNode parameter = Json.object().put("name", name).put("required", required);
        String role = schema.path("x-role").asString("");
        if (!role.isEmpty()) {
            parameter.put("role", role);
        }
        schema.properties().forEach(entry -> {
            if (!entry.getKey().startsWith("x-")) {
                parameter.set(entry.getKey(), entry.getValue());
            }
        });
        return parameter;
    }
}
