package dev.millrace.admission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the parameters that say where a file is: what the model's schema calls a {@code uri}, and every text in a parameter
 * whose {@code x-role} is a file's.
 */
final class InputFields {
    private static final int DEPTH_MAX = 32;

    private final ObjectNode root;
    private final Map<String, InputField> found = new LinkedHashMap<>();

    private InputFields(ObjectNode root) {
        this.root = root;
    }

    /** In the order of the parameters. */
    static List<InputField> of(ObjectNode schema, ObjectNode parameters) {
        InputFields fields = new InputFields(schema);
        parameters.properties().forEach(member -> {
            JsonNode stated = fields.resolved(schema.path("properties").path(member.getKey()));
            fields.walk(stated, member.getValue(), member.getKey(), role(stated, member.getKey()), 0);
        });
        return List.copyOf(fields.found.values());
    }

    private void walk(JsonNode stated, JsonNode value, String path, String role, int depth) {
        JsonNode schema = resolved(stated);
        if (depth > DEPTH_MAX) {
            return;
        }
        if (value.isString()) {
            boolean file = schema.path("format").asString("").equals("uri")
                    || isFileRole(schema) && !value.stringValue().isEmpty();
            if (file) {
                found.putIfAbsent(path, new InputField(path, role, value.stringValue()));
            }
        } else if (value.isObject()) {
            value.properties()
                    .forEach(member -> walk(
                            schema.path("properties").path(member.getKey()),
                            member.getValue(),
                            path + "." + member.getKey(),
                            role,
                            depth + 1));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                walk(items(schema), value.get(i), path + "." + i, role, depth + 1);
            }
        }
        for (String several : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode one : schema.path(several)) {
                walk(one, value, path, role, depth + 1);
            }
        }
    }

    /** The schema of a list's members; the list's role is theirs. */
    private JsonNode items(JsonNode list) {
        JsonNode items = resolved(list.path("items"));
        if (items instanceof ObjectNode object && !object.has("x-role") && list.has("x-role")) {
            ObjectNode own = object.deepCopy();
            own.set("x-role", list.get("x-role"));
            return own;
        }
        return items;
    }

    private JsonNode resolved(JsonNode stated) {
        String reference = stated.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : stated;
    }

    private static boolean isFileRole(JsonNode schema) {
        return schema.path("type").asString("string").equals("string")
                && InputKind.ofRole(schema.path("x-role").asString("")).isPresent();
    }

    /** What the schema says, or else what the parameter's name tells. */
    private static String role(JsonNode schema, String parameter) {
        String role = schema.path("x-role").asString("");
        if (!role.isEmpty()) {
            return role;
        }
        String name = parameter.toLowerCase(Locale.ROOT);
        if (name.contains("video")) {
            return "video";
        }
        if (name.contains("audio") || name.contains("sound") || name.contains("voice") || name.contains("music")) {
            return "audio";
        }
        if (name.contains("mask")) {
            return "mask";
        }
        if (name.contains("reference")) {
            return "reference_images";
        }
        boolean image =
                name.contains("image") || name.contains("frame") || name.contains("picture") || name.contains("photo");
        boolean last = name.startsWith("end") || name.startsWith("last") || name.contains("tail");
        return image ? last ? "end_image" : name.contains("images") ? "images" : "image" : "";
    }
}
