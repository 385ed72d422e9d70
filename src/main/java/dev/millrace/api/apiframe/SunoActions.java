package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with a track of a finished Suno job (contract 1.11). */
final class SunoActions implements Actions.Family {
    static final String FAMILY = "suno";
    private static final String STEMS = FAMILY + "/stems";
    private static final String INDEX = "index";
    private static final String TRACK = "trackId";
    private static final List<String> TEXTS = List.of("prompt", "title", "style", "negative_tags", "audio_weight");

    /** Action → the schema of its body. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "extend", "SunoExtend",
            "cover", "SunoCover",
            "add_vocals", "SunoAddVocals",
            "stems", "SunoStems");

    private final Parents parents;
    private final Results results;

    SunoActions(Parents parents, Results results) {
        this.parents = parents;
        this.results = results;
    }

    @Override
    public String name() {
        return FAMILY;
    }

    @Override
    public Map<String, String> schemas() {
        return SCHEMAS;
    }

    @Override
    public ObjectNode parameters(String action, ObjectNode body, Principal principal, URI base) {
        if (body.has(INDEX) == body.has(TRACK)) {
            throw wrong(INDEX, "required", "is required, or " + TRACK + "; send one of them.");
        }
        ObjectNode parameters = Json.object();
        TEXTS.forEach(name -> MidjourneyActions.copy(body, name, parameters, name));
        Job parent = parents.find(principal, body.required(Parents.FIELD).stringValue(), FAMILY);
        if (parent.model().equals(STEMS)) {
            throw Parents.wrong("is a split track, which can not be acted on again.");
        }
        JobOutput track = track(parent, body);
        continueAt(track, body, parameters);
        parameters.put("audio", results.url(parent, track, base));
        return parameters;
    }

    private static JobOutput track(Job parent, ObjectNode body) {
        if (body.has(INDEX)) {
            int index = body.required(INDEX).asInt();
            if (index > parent.outputs().size()) {
                throw wrong(
                        INDEX, "maximum", "is beyond the " + parent.outputs().size() + " tracks of the parent job.");
            }
            return parent.outputs().get(index - 1);
        }
        String id = body.required(TRACK).stringValue();
        return parent.outputs().stream()
                .filter(output -> output.asset().text().equals(id))
                .findFirst()
                .orElseThrow(() -> wrong(TRACK, "enum", "is no track of the parent job."));
    }

    private static void continueAt(JobOutput track, ObjectNode body, ObjectNode parameters) {
        JsonNode at = body.path("continueAt");
        JsonNode length = track.facts().path("duration_ms");
        if (!at.isNumber()) {
            return;
        }
        if (length.isNumber() && at.decimalValue().compareTo(BigDecimal.valueOf(length.asLong(), 3)) >= 0) {
            throw wrong(
                    "continueAt",
                    "exclusiveMaximum",
                    "must be below the length of the track, which is " + BigDecimal.valueOf(length.asLong(), 3)
                            + " s.");
        }
        parameters.set("continueAt", at);
    }

    private static ProblemException wrong(String field, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(field, rule, message))
                .toException();
    }
}
