package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with a finished Midjourney job (contract 1.10): each action is a model of its own in the catalogue. */
final class MidjourneyActions implements Actions.Family {
    static final String FAMILY = "midjourney";
    private static final String UPSAMPLE = FAMILY + "/upsample";

    /** Action → the schema of its body. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "upsample", "MidjourneyUpsample",
            "variation", "MidjourneyVariation",
            "inpaint", "MidjourneyInpaint",
            "outpaint", "MidjourneyOutpaint",
            "pan", "MidjourneyPan");

    private final Parents parents;
    private final Results results;

    MidjourneyActions(Parents parents, Results results) {
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
        ObjectNode parameters = Json.object();
        switch (action) {
            case "inpaint" -> {
                parameters.put(
                        "mask", Masks.dataUrl("mask", body.required("mask").stringValue()));
                copy(body, "prompt", parameters, "prompt");
            }
            case "outpaint" -> copy(body, "zoomRatio", parameters, "zoomRatio");
            case "pan" -> copy(body, "direction", parameters, "direction");
            default -> copy(body, "index", parameters, "index");
        }
        Job parent = parents.find(principal, body.required(Parents.FIELD).stringValue(), FAMILY);
        parameters.put("image", results.url(parent, source(action, parent, body), base));
        return parameters;
    }

    /** A grid has one image for each index; an upsampled image is the only one. */
    private static JobOutput source(String action, Job parent, ObjectNode body) {
        boolean upsampled = parent.model().equals(UPSAMPLE);
        boolean ofGrid = action.equals("upsample") || action.equals("variation");
        if (ofGrid && upsampled) {
            throw Parents.wrong("is an upsampled image; " + action + " acts on a grid.");
        }
        if (!ofGrid && !upsampled) {
            throw Parents.wrong(
                    "is a grid; " + action + " acts on an upsampled image: upsample one of its images first.");
        }
        List<JobOutput> images = Results.single(parent);
        int index = ofGrid ? body.required("index").asInt() : 1;
        if (index > images.size()) {
            throw indexBeyond(images.size());
        }
        return images.get(index - 1);
    }

    private static ProblemException indexBeyond(int images) {
        return Problem.field(
                        ProblemCode.INVALID_PARAMETER,
                        FieldError.of("index", "maximum", "is beyond the " + images + " images of the parent job."))
                .toException();
    }

    static void copy(ObjectNode from, String name, ObjectNode to, String other) {
        JsonNode value = from.get(name);
        if (value != null && !value.isNull()) {
            to.set(other, value);
        }
    }
}
