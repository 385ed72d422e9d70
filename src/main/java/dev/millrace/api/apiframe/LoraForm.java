package dev.millrace.api.apiframe;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Multipart;
import dev.millrace.server.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that starts a training (contract 1.9).
 *
 * @param fields what it says, checked, defaults filled in; with the events of the webhook as a list
 * @param images its pictures, not looked at yet
 */
record LoraForm(ObjectNode fields, List<Part> images) {
    static final String IMAGES = "images";
    private static final Set<String> IMAGE_PARTS = Set.of(IMAGES, IMAGES + "[]");
    private static final Set<String> NUMBERS = Set.of("steps", "loraRank");
    private static final int IMAGES_MIN = 15;
    private static final int IMAGES_MAX = 30;

    static LoraForm of(Multipart form) {
        ObjectNode given = Json.object();
        List<Part> images = new ArrayList<>();
        for (Part part : form.parts()) {
            if (IMAGE_PARTS.contains(part.name()) && part.isFile()) {
                images.add(part);
            } else if (!given.has(part.name())) {
                put(given, part.name(), form.part(part.name()).orElseThrow().text());
            }
        }
        ObjectNode fields = Schemas.checked("LoraFields", given);
        person(fields);
        if (images.size() < IMAGES_MIN || images.size() > IMAGES_MAX) {
            throw wrong(IMAGES, "minItems", "must be 15 to 30 files; " + images.size() + " came.");
        }
        events(fields);
        return new LoraForm(fields, List.copyOf(images));
    }

    private static void put(ObjectNode given, String name, String text) {
        if (NUMBERS.contains(name) && text.matches("-?[0-9]{1,9}")) {
            given.put(name, Integer.parseInt(text));
        } else {
            given.put(name, text);
        }
    }

    private static void person(ObjectNode fields) {
        if (fields.path("subjectKind").asString("").equals("person")) {
            for (String needed : List.of("gender", "ethnicity")) {
                if (!fields.has(needed)) {
                    throw wrong(needed, "required", "is required for a person.");
                }
            }
        }
    }

    private static void events(ObjectNode fields) {
        if (fields.has(Webhooks.EVENTS)) {
            ArrayNode events = Json.array();
            for (String event : fields.path(Webhooks.EVENTS).asString().split(",", -1)) {
                events.add(event.strip());
            }
            fields.set(Webhooks.EVENTS, events);
        }
    }

    static ProblemException wrong(String field, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(field, rule, message))
                .toException();
    }
}
