package dev.millrace.api.higgsfield;

import dev.millrace.json.Json;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON values as Python prints them: {@code 'text'}, {@code True}, {@code None}, {@code ['720p', '1080p']}. */
final class PythonText {
    private PythonText() {}

    /** @param json a JSON text, which may have been cut off at its end */
    static String of(@Nullable String json) {
        if (json == null) {
            return "None";
        }
        try {
            return of(Json.readOwn(json));
        } catch (JacksonException cutOff) {
            return json.startsWith("\"") ? "'" + json.substring(1) + "'" : json;
        }
    }

    /** The names of a schema's {@code type}: one, or several behind commas. */
    static String types(@Nullable String json) {
        JsonNode types = json == null ? Json.array() : Json.readOwn(json);
        return types.isArray() ? types.valueStream().map(PythonText::of).collect(Collectors.joining(", ")) : of(types);
    }

    private static String of(JsonNode value) {
        if (value.isString()) {
            return quoted(value.stringValue());
        }
        if (value.isArray()) {
            return value.valueStream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof ObjectNode object) {
            return object.properties().stream()
                    .map(member -> quoted(member.getKey()) + ": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return switch (value.toString()) {
            case "true" -> "True";
            case "false" -> "False";
            case "null" -> "None";
            case String number -> number;
        };
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return text.indexOf('\'') >= 0 && text.indexOf('"') < 0
                ? '"' + escaped + '"'
                : '\'' + escaped.replace("'", "\\'") + '\'';
    }
}
