package dev.millrace.api.millrace;

import dev.millrace.config.Suggestion;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a JSON object; what has the wrong type is refused with its name. An explicit null counts as absent. */
public record Fields(ObjectNode object, String path) {
    private static final int NAME_SHOWN = 60;

    public static Fields of(byte[] body) {
        return new Fields(Json.parseObject(body), "");
    }

    /**
     * These fields, once it is sure that there are no others: a name that is mistyped must not pass for one that was obeyed.
     *
     * @param hint where other names may belong; added to the message
     */
    public Fields only(Set<String> names, String hint) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                String shown = name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN) + "…";
                String near = Suggestion.of(shown, names);
                throw wrong(
                        at(shown), "additionalProperties", "is not known here" + (near.isEmpty() ? hint + "." : near));
            }
        }
        return this;
    }

    public String text(String name) {
        String value = textOrNull(name);
        if (value == null || value.isBlank()) {
            throw wrong(at(name), "required", value == null ? "is missing." : "is blank.");
        }
        return value;
    }

    public @Nullable String textOrNull(String name) {
        JsonNode value = valueOrNull(name);
        if (value != null && !value.isString()) {
            throw wrong(at(name), "type", "must be a text.");
        }
        return value == null ? null : value.stringValue();
    }

    public boolean flag(String name) {
        JsonNode value = valueOrNull(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(at(name), "type", "must be true or false.");
        }
        return value != null && value.booleanValue();
    }

    /** A whole number of at least {@code least}; empty when it is absent. */
    public OptionalLong number(String name, long least) {
        JsonNode value = valueOrNull(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
            throw wrong(at(name), "type", "must be a whole number of at least " + least + ".");
        }
        return OptionalLong.of(value.longValue());
    }

    /** The object of that name, or an empty one; a copy. */
    public ObjectNode objectOrEmpty(String name) {
        JsonNode value = valueOrNull(name);
        return switch (value) {
            case null -> Json.object();
            case ObjectNode found -> found.deepCopy();
            default -> throw wrong(at(name), "type", "must be an object.");
        };
    }

    public @Nullable ArrayNode arrayOrNull(String name) {
        JsonNode value = valueOrNull(name);
        return switch (value) {
            case null -> null;
            case ArrayNode found -> found;
            default -> throw wrong(at(name), "type", "must be an array.");
        };
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * The modality that a field or a parameter of a query names.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} when there is none of that name
     */
    public static Modality modality(String field, String wire) {
        return Modality.parse(wire).orElseThrow(() -> wrong(field, "enum", "must be " + Modality.choices() + "."));
    }

    public static ProblemException wrong(String path, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, rule, message))
                .toException();
    }

    private @Nullable JsonNode valueOrNull(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
