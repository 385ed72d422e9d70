package dev.millrace.api.millrace.openapi;

import dev.millrace.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the failures of a group of routes look.
 *
 * @param name what the document calls the form
 * @param mediaType its content type
 * @param schema its JSON Schema
 */
public record Failures(String name, String mediaType, ObjectNode schema) {
    /** RFC 9457 problems; one may carry facts beside these members: numbers and names that a client can act on. */
    public static Failures problems() {
        ObjectNode schema = Json.object().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (String name : List.of("type", "title", "detail", "instance", "code", "request_id")) {
            required.add(name);
            properties.putObject(name).put("type", "string");
        }
        required.add("status");
        properties.putObject("status").put("type", "integer");
        ObjectNode error = properties.putObject("errors").put("type", "array").putObject("items");
        ObjectNode members = error.put("type", "object").putObject("properties");
        for (String name : List.of("field", "rule", "message")) {
            members.putObject(name).put("type", "string");
        }
        schema.put("additionalProperties", true);
        return new Failures("Problem", "application/problem+json", schema);
    }
}
