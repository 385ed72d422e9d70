package dev.millrace.api.apiframe;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body for one model, between its form here and the model's own: here the parameters stand in a block that is named after
 * the model's family, there they stand beside the prompt.
 */
final class ModelRequest {
    static final String MODEL = "model";
    private static final String PROMPT = "prompt";
    private static final String SANDBOX = "sandbox";
    private static final Set<String> OUTSIDE = Set.of(MODEL, SANDBOX, Webhooks.URL, Webhooks.EVENTS);

    private final Offer offer;
    private final ObjectNode body;

    ModelRequest(Offer offer, ObjectNode body) {
        this.offer = offer;
        this.body = body;
    }

    /**
     * The model's parameters, side by side.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with every name that has no place in this body
     */
    ObjectNode parameters() {
        ObjectNode flat = Json.object();
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            if (name.equals(SANDBOX) || isParameter(name)) {
                flat.set(name, member.getValue());
            } else if (name.equals(offer.params())) {
                unfold(name, member.getValue(), flat, errors);
            } else if (!OUTSIDE.contains(name)) {
                errors.add(FieldError.of(name, "additionalProperties", misplaced()));
            }
        }
        if (!errors.isEmpty()) {
            throw new Problem(ProblemCode.INVALID_PARAMETER, "The body is not valid.", errors, Map.of(), null)
                    .toException();
        }
        return offer.params() == null ? Vocabulary.translated(offer.model(), flat) : flat;
    }

    /** The same failure with its paths as they are in this body. */
    Problem folded(Problem problem) {
        List<FieldError> fields = problem.fields().stream()
                .map(field -> new FieldError(
                        path(field.path()), field.rule(), field.message(), field.given(), field.expected()))
                .toList();
        return new Problem(problem.code(), problem.detail(), fields, problem.facts(), problem.retryAfter());
    }

    private String path(String parameter) {
        String block = offer.params();
        String name = parameter.contains(".") ? parameter.substring(0, parameter.indexOf('.')) : parameter;
        if (block == null || OUTSIDE.contains(name) || promptOutside(name)) {
            return parameter;
        }
        return parameter.isEmpty() ? block : block + "." + parameter;
    }

    /** Whether a name of the body itself is a parameter of the model. */
    private boolean isParameter(String name) {
        return offer.params() == null ? !OUTSIDE.contains(name) : promptOutside(name);
    }

    private boolean promptOutside(String name) {
        return name.equals(PROMPT) && offer.operation().promptOutside();
    }

    private void unfold(String block, JsonNode value, ObjectNode flat, List<FieldError> errors) {
        if (!(value instanceof ObjectNode members)) {
            errors.add(FieldError.of(block, "type", "must be an object."));
            return;
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            String name = member.getKey();
            if (promptOutside(name) || name.equals(SANDBOX)) {
                errors.add(FieldError.of(
                        block + "." + name, "additionalProperties", "belongs beside " + block + ", not into it."));
            } else {
                flat.set(name, member.getValue());
            }
        }
    }

    private String misplaced() {
        String prompt = offer.operation().promptOutside() ? "prompt, " : "";
        return "is not known here; " + offer.model().id() + " takes " + prompt + offer.params() + ", webhookUrl and"
                + " webhookEvents.";
    }
}
