package dev.millrace.api.apiframe;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.ModelStatus;
import dev.millrace.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of the routes that take a model, as schemas: one form for each model of the catalogue. */
final class Variants {
    private static final String PROMPT = "prompt";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";

    private Variants() {}

    /** The name of the schema of a route's bodies. */
    static String name(Operation operation) {
        StringBuilder name = new StringBuilder();
        for (String part : operation.fact().split("[/-]")) {
            name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return name.append("Request").toString();
    }

    static ObjectNode of(Operation operation, Catalog catalog) {
        ObjectNode schema = Json.object();
        schema.put("description", "Which parameters there are follows from the model.");
        ArrayNode forms = schema.putArray("oneOf");
        catalog.all().stream()
                .filter(model -> model.status() == ModelStatus.ENABLED)
                .map(Offer::of)
                .flatMap(Optional::stream)
                .filter(offer -> offer.operation() == operation)
                .forEach(offer -> forms.add(form(offer)));
        if (forms.isEmpty()) {
            schema.remove("oneOf");
            schema.putObject("not");
        }
        return schema;
    }

    private static ObjectNode form(Offer offer) {
        Model model = offer.model();
        ObjectNode input = plain(model.inputSchema(Offer.DIALECT));
        ObjectNode form = Json.object();
        form.put("title", offer.label()).put("type", "object").put("additionalProperties", false);
        ArrayNode required = form.putArray(REQUIRED);
        ObjectNode properties = form.putObject(PROPERTIES);
        required.add(ModelRequest.MODEL);
        properties.putObject(ModelRequest.MODEL).put("const", model.id());
        if (offer.params() == null) {
            properties.setAll((ObjectNode) input.path(PROPERTIES));
            input.path(REQUIRED).forEach(required::add);
        } else {
            block(offer, input, properties, required);
        }
        properties.setAll((ObjectNode) Schemas.all().required("WebhookFields").required(PROPERTIES));
        return form;
    }

    private static void block(Offer offer, ObjectNode input, ObjectNode properties, ArrayNode required) {
        ObjectNode block = Json.object();
        block.put("type", "object").put("additionalProperties", false);
        ArrayNode inner = block.putArray(REQUIRED);
        ObjectNode parameters = block.putObject(PROPERTIES);
        boolean outside = offer.operation().promptOutside();
        for (Map.Entry<String, JsonNode> one : input.path(PROPERTIES).properties()) {
            (outside && one.getKey().equals(PROMPT) ? properties : parameters).set(one.getKey(), one.getValue());
        }
        input.path(REQUIRED).forEach(name -> (outside && name.asString().equals(PROMPT) ? required : inner).add(name));
        if (!inner.isEmpty()) {
            required.add(offer.params());
        }
        properties.set(String.valueOf(offer.params()), block);
    }

    /** The schema without what is ours alone, its references written out: what they lead to does not come along. */
    private static ObjectNode plain(ObjectNode schema) {
        return (ObjectNode) plain(schema, schema);
    }

    private static JsonNode plain(JsonNode root, JsonNode node) {
        String reference = node.path("$ref").asString("");
        if (reference.startsWith("#/")) {
            return plain(root, root.at(reference.substring(1)));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(plain(root, item)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!LEFT_OUT.contains(member.getKey())) {
                copy.set(member.getKey(), plain(root, member.getValue()));
            }
        }
        return copy;
    }

    private static final List<String> LEFT_OUT = List.of("x-role", "$defs");
}
