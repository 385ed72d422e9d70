package dev.millrace.api.apiframe;

import dev.millrace.catalog.Given;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.Translation;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names that this dialect's models have for what they take, for models that are none of its own: a client may send them
 * the names that it knows, or the model's.
 */
final class Vocabulary {
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("prompt", "prompt"),
            Map.entry("negative_prompt", "negative_prompt"),
            Map.entry("image", "image"),
            Map.entry("start_image", "image"),
            Map.entry("image_prompt", "image"),
            Map.entry("image_input", "images"),
            Map.entry("input_images", "images"),
            Map.entry("images", "images"),
            Map.entry("end_image", "end_image"),
            Map.entry("last_frame", "end_image"),
            Map.entry("mask", "mask"),
            Map.entry("reference_images", "reference_images"),
            Map.entry("video", "video"),
            Map.entry("audio", "audio"),
            Map.entry("lyrics", "lyrics"),
            Map.entry("style", "style"),
            Map.entry("aspect_ratio", "aspect_ratio"),
            Map.entry("size", "size"),
            Map.entry("resolution", "resolution"),
            Map.entry("width", "width"),
            Map.entry("height", "height"),
            Map.entry("duration", "duration"),
            Map.entry("n", "count"),
            Map.entry("num_images", "count"),
            Map.entry("number_of_images", "count"),
            Map.entry("num_outputs", "count"),
            Map.entry("seed", "seed"),
            Map.entry("quality", "quality"),
            Map.entry("output_format", "format"),
            Map.entry("generate_audio", "audio_on"));

    private Vocabulary() {}

    /**
     * The parameters with this dialect's names turned into the model's; the model's own stay, and so do names that neither
     * knows.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on the client's field that can not be said to the
     *     model
     */
    static ObjectNode translated(Model model, ObjectNode parameters) {
        ObjectNode own = Json.object();
        List<Given> given = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : parameters.properties()) {
            String name = member.getKey();
            String role = ROLES.get(name);
            if (role == null || model.input().names().contains(name)) {
                own.set(name, member.getValue());
            } else {
                given.add(new Given(role, name, member.getValue()));
            }
        }
        if (given.isEmpty()) {
            return parameters;
        }
        for (Map.Entry<String, JsonNode> said : Translation.into(model, given).properties()) {
            if (own.has(said.getKey())) {
                throw Problem.parameter(said.getKey(), "is given twice: once by a name of another model.")
                        .toException();
            }
            own.set(said.getKey(), said.getValue());
        }
        return own;
    }
}
