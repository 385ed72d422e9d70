package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.console.schema.Parameters;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parameters that a model takes, as few as it takes them, to show how it is called. */
final class SampleValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    static final String CLIP = "https://example.com/clip.mp4";

    static final String ID = "0190a5b2-7c11-7abc-8def-0123456789ab";

    /** A picture of 64 by 64 in the colour of water, in so few letters that it fits into an example. */
    private static final String PICTURE = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAAA1BMVEULbn"
            + "VwPhGhAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

    /** A moment of silence. */
    private static final String SOUND =
            "data:audio/wav;base64,UklGRjQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YRAAAACAgICAgICAgICAgICAgICA";

    private final JsonNode root;
    private final Modality modality;

    private SampleValues(Model model) {
        this.root = model.inputSchema();
        this.modality = model.modality();
    }

    /** The required parameters and the prompt; {@link Model#checked} takes them. */
    static ObjectNode of(Model model) {
        SampleValues values = new SampleValues(model);
        ObjectNode object = values.object(values.root);
        String prompt = model.input().roles().get("prompt");
        if (prompt != null && !object.has(prompt)) {
            object.set(
                    prompt, values.named(prompt, values.root.path("properties").path(prompt)));
        }
        return values.conditions(object);
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.object();
        Parameters.texts(schema.path("required")).forEach(name -> add(object, name, schema));
        return object;
    }

    private void add(ObjectNode object, String name, JsonNode schema) {
        if (!object.has(name)) {
            object.set(name, named(name, schema.path("properties").path(name)));
        }
    }

    /** What the schema says about parameters together: the branch that holds, or the first one that can. */
    private ObjectNode conditions(ObjectNode object) {
        if (root.has("if")) {
            apply(object, root.path(holds(object, root.path("if")) ? "then" : "else"));
        }
        JsonNode branches = root.path("anyOf");
        if (!branches.isEmpty() && branches.valueStream().noneMatch(branch -> holds(object, branch))) {
            apply(object, branches.path(0));
        }
        return object;
    }

    private static boolean holds(ObjectNode object, JsonNode condition) {
        return Parameters.texts(condition.path("required")).stream().allMatch(object::has)
                && condition
                        .path("properties")
                        .propertyStream()
                        .allMatch(entry -> !object.has(entry.getKey())
                                || entry.getValue().path("const").equals(object.get(entry.getKey())));
    }

    private void apply(ObjectNode object, JsonNode more) {
        Parameters.texts(more.path("required")).forEach(name -> add(object, name, root));
        more.path("properties").properties().forEach(entry -> {
            JsonNode allowed = entry.getValue().path("enum");
            if (object.has(entry.getKey()) && !allowed.isEmpty()) {
                object.set(entry.getKey(), allowed.path(0));
            }
        });
    }

    private JsonNode named(String name, JsonNode stated) {
        JsonNode schema = resolved(stated);
        String told = schema.path("x-role").asString("") + " " + name;
        if (schema.has("default") && !schema.path("default").isNull()) {
            return schema.path("default");
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (schema.has("anyOf")) {
            return named(name, schema.path("anyOf").path(0));
        }
        return switch (type(schema)) {
            case "integer", "number" -> schema.has("minimum") ? schema.path("minimum") : NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> list(name, schema);
            case "object" -> object(schema);
            default -> NODES.stringNode(text(told, schema));
        };
    }

    private ArrayNode list(String name, JsonNode schema) {
        ArrayNode list = Json.array();
        int fewest = Math.max(1, schema.path("minItems").asInt(1));
        for (int i = 0; i < fewest; i++) {
            list.add(named(name, schema.path("items")));
        }
        return list;
    }

    private String text(String told, JsonNode schema) {
        if (schema.path("format").asString("").equals("uri")
                || told.matches("(end_)?image .*|mask .*|video .*|audio .*")) {
            return told.contains("video") || told.contains("clip") ? CLIP : told.contains("audio") ? SOUND : PICTURE;
        }
        if (schema.has("examples")) {
            return schema.path("examples").path(0).asString();
        }
        if (schema.path("format").asString("").equals("uuid")) {
            return ID;
        }
        String words = words(told);
        int least = schema.path("minLength").asInt(0);
        return words.length() >= least ? words : words + " ".repeat(least - words.length());
    }

    private String words(String told) {
        if (told.contains("lyrics")) {
            return "[verse] The river turns the wheel, the wheel turns the stone";
        }
        if (told.startsWith("text") || modality == Modality.SPEECH) {
            return "The mill has been turning since morning.";
        }
        return switch (modality) {
            case VIDEO -> "waves below a pale moon";
            case MUSIC -> "a calm waltz for a rainy evening";
            case LANGUAGE -> "What is a millrace?";
            case IMAGE, SPEECH, TRANSCRIPTION -> "a lighthouse above a golden sea at sunset";
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
    }
}
