package dev.millrace.json;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of a JSON value that does not depend on the order of names or on white space; fingerprints are taken over it. */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The canonical bytes of a value: names sorted, no white space, numbers as they were read. */
    public static byte[] bytes(JsonNode value) {
        return Json.bytes(sorted(value));
    }

    private static JsonNode sorted(JsonNode value) {
        if (value instanceof ObjectNode object) {
            TreeMap<String, JsonNode> names = new TreeMap<>();
            object.properties().forEach(entry -> names.put(entry.getKey(), sorted(entry.getValue())));
            ObjectNode result = Json.object();
            names.forEach(result::set);
            return result;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode result = Json.array();
            array.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return value;
    }
}
