package dev.millrace.catalog;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a client of one dialect asked for with the parameters of a model that has other names and forms for it. What
 * the model can not be told is refused by the client's own name of it.
 */
public final class Translation {
    private final Model model;
    private final ObjectNode parameters = Json.object();
    private final Map<String, Given> writers = new HashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    private Translation(Model model) {
        this.model = model;
    }

    /**
     * The model's parameters that say what was given. They keep the model's schema as far as they go: what else it requires
     * is found when they are checked with the rest of the request.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with one error for each thing that can not be
     *     said to the model; it names the client's field, and what the model takes
     */
    public static ObjectNode into(Model model, List<Given> given) {
        var translation = new Translation(model);
        Shapes shapes = new Shapes(model.input());
        for (Given one : shapes.joined(given)) {
            if (!one.value().isNull()) {
                translation.write(one, shapes);
            }
        }
        translation.check();
        if (!translation.errors.isEmpty()) {
            String detail = translation.errors.getFirst().path() + ": "
                    + translation.errors.getFirst().message();
            throw new Problem(ProblemCode.INVALID_PARAMETER, detail, translation.errors, Map.of(), null).toException();
        }
        return translation.parameters;
    }

    private void write(Given given, Shapes shapes) {
        String own = model.input().roles().get(given.role());
        if (own != null) {
            put(own, given, given.value());
        } else if (!shapes.write(given, this::put)) {
            String other = otherName(given);
            if (other != null) {
                put(other, given, given.value());
            } else if (!Silence.fits(model, given)) {
                refuse(given);
            }
        }
    }

    private void put(String name, Given given, JsonNode value) {
        JsonNode fitted = Fitting.fit(model.input().parameter(name), value);
        if (parameters.get(name) instanceof ArrayNode before && fitted instanceof ArrayNode more) {
            before.addAll(more);
        } else if (parameters.has(name)) {
            errors.add(FieldError.of(
                    given.field(),
                    "value",
                    "can not be given to " + model.id() + " together with "
                            + writers.getOrDefault(name, given).field() + ": both are its \"" + name + "\"."));
        } else {
            parameters.set(name, fitted);
            writers.put(name, given);
        }
    }

    /** The parameter of a near role, which can say the same. */
    private @Nullable String otherName(Given given) {
        int count = given.value() instanceof ArrayNode array ? array.size() : 1;
        List<String> near = switch (given.role()) {
            case "image" -> List.of("images", "reference_images");
            case "images" -> count == 1 ? List.of("image", "reference_images") : List.of("reference_images");
            case "reference_images" -> count == 1 ? List.of("images", "image") : List.of("images");
            case "text" -> List.of("prompt");
            case "prompt" -> List.of("text");
            default -> List.of();
        };
        return near.stream()
                .map(role -> model.input().roles().get(role))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void refuse(Given given) {
        String what = given.role().replace('_', ' ');
        errors.add(FieldError.of(
                given.field(),
                "additionalProperties",
                "can not be given to " + model.id() + ", which takes no " + what + "; it takes "
                        + String.join(", ", model.input().names()) + "."));
    }

    /** Whatever the schema says about a parameter is said about the client's field that wrote it. */
    private void check() {
        for (FieldError error : model.input().errors(parameters)) {
            String name = error.path().split("\\.", 2)[0];
            Given writer = writers.get(name);
            if (writer != null && parameters.has(name)) {
                errors.add(new FieldError(
                        writer.field(),
                        error.rule(),
                        error.message() + " It is the \"" + name + "\" of " + model.id() + ".",
                        error.given(),
                        error.expected()));
            }
        }
    }
}
