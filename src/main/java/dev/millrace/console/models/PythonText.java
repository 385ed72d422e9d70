package dev.millrace.console.models;

import dev.millrace.json.Json;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** JSON as Python writes it. */
final class PythonText {
    private PythonText() {}

    static String of(JsonNode value) {
        return text(value, "");
    }

    private static String text(JsonNode value, String indent) {
        String inner = indent + "    ";
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        if (value.isNull()) {
            return "None";
        }
        if (value.isObject() && !value.isEmpty()) {
            return value.propertyStream()
                    .map(entry -> inner + Json.text(entry.getKey()) + ": " + text(entry.getValue(), inner))
                    .collect(Collectors.joining(",\n", "{\n", ",\n" + indent + "}"));
        }
        if (value.isArray() && !value.isEmpty()) {
            return value.valueStream()
                    .map(one -> inner + text(one, inner))
                    .collect(Collectors.joining(",\n", "[\n", ",\n" + indent + "]"));
        }
        return Json.text(value);
    }
}
