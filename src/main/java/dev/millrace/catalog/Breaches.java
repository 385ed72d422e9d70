package dev.millrace.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.millrace.config.Suggestion;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns what the schema library found into field errors: missing names first, then one error for each value, in the order
 * of the schema.
 */
final class Breaches {
    private Breaches() {}

    static List<Breach> of(Schema schema, JsonNode value) {
        Map<String, Breach> first = new LinkedHashMap<>();
        for (Error error : schema.validate(value)) {
            Breach breach = breach(schema.getSchemaNode(), error);
            // A value of the wrong type breaks most other rules too: the first says it all.
            first.putIfAbsent(breach.pointer(), breach);
        }
        List<Breach> ordered = new ArrayList<>(first.values());
        ordered.sort(
                Comparator.comparing((Breach breach) -> breach.error().rule().equals("required") ? 0 : 1));
        return ordered;
    }

    private static Breach breach(JsonNode root, Error error) {
        String at = error.getInstanceLocation().toString();
        String choice = choiceAround(error.getEvaluationPath().toString());
        if (choice != null) {
            return new Breach(
                    at, error(at, choice, "fits none of the forms that are allowed here.", given(error), null));
        }
        String rule = error.getKeyword();
        return switch (rule) {
            case "required" -> missing(at, rule, name(error));
            // The library names the property that asks for the other one; its first argument is the one that is
            // missing.
            case "dependentRequired" -> missing(at, rule, String.valueOf(error.getArguments()[0]));
            case "additionalProperties", "unevaluatedProperties" -> unknown(at, rule, name(error), known(root, error));
            default -> {
                JsonNode expected = error.getSchemaNode();
                String message = RuleText.of(rule, expected, error.getInstanceNode());
                yield new Breach(at, error(at, rule, message, given(error), Json.text(expected)));
            }
        };
    }

    /** The path of a missing or unknown name is that of the name itself: it is what a person looks for. */
    static Breach missing(String at, String rule, String name) {
        String pointer = YamlTree.step(at, name);
        return new Breach(pointer, error(pointer, rule, "is required.", null, Json.text(name)));
    }

    static Breach unknown(String at, String rule, String name, List<String> known) {
        String pointer = YamlTree.step(at, shortened(name));
        String near = Suggestion.of(name, known);
        String message = "is not known here" + (near.isEmpty() ? "." : near);
        return new Breach(pointer, error(pointer, rule, message, Json.text(name), null));
    }

    private static FieldError error(
            String pointer, String rule, String message, @Nullable String given, @Nullable String expected) {
        return new FieldError(dotted(pointer), rule, message, given, expected);
    }

    /** The path of a JSON pointer in the form of {@link FieldError#path()}. */
    static String dotted(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    /** The outermost keyword on the way that offers a choice, when there is one: its branches' errors mean little. */
    private static @Nullable String choiceAround(String evaluationPath) {
        for (String part : evaluationPath.split("/", -1)) {
            if (part.equals("anyOf") || part.equals("oneOf")) {
                return part;
            }
        }
        return null;
    }

    private static String name(Error error) {
        return error.getProperty() == null ? "" : error.getProperty();
    }

    /** The names that the schema block around the broken keyword states. */
    private static List<String> known(JsonNode root, Error error) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        JsonNode around = root.at(keyword.substring(0, keyword.lastIndexOf('/')));
        return List.copyOf(around.path("properties").propertyNames());
    }

    private static @Nullable String given(Error error) {
        JsonNode node = error.getInstanceNode();
        return node == null ? null : Json.text(node);
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
