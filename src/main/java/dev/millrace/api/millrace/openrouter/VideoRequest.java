package dev.millrace.api.millrace.openrouter;

import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.catalog.Given;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /api/v1/videos} (contract B9).
 *
 * @param given what the model is told by its meaning
 * @param parameters what it is told by name
 * @param previousJob the earlier job whose video is the input; null when there is none
 */
record VideoRequest(
        String model,
        List<Given> given,
        ObjectNode parameters,
        @Nullable String previousJob) {
    static final Form FORM = Form.object()
            .needs("model", "string", "The id or an alias of a video model.")
            .takes("prompt", "string", "What to film.")
            .takes("duration", "integer", "Seconds.")
            .takes("resolution", "string", "480p, 720p, 1080p and so on.")
            .takes("aspect_ratio", "string", "16:9, 9:16, 1:1 and so on.")
            .takes("size", "string", "Width and height in pixels, as 1280x720.")
            .takes("seed", "integer", "The same seed and prompt give the same film, where the model knows one.")
            .takes("generate_audio", "boolean", "With sound.")
            .takes("frame_images", "object[]", "image_url parts with frame_type first_frame or last_frame.")
            .takes("input_references", "object[]", "image_url, video_url and audio_url parts.")
            .takes("previous_job_id", "string", "A completed video job of yours, which this one goes on from.")
            .takes("callback_url", "string", "Is sent the job once it has ended.")
            .takes("upscale_factor", "number", "For models that upscale.")
            .takes("creativity", "integer", "For models that upscale.")
            .takes("user", "string", "Taken, and changes nothing.")
            .takes("session_id", "string", "Taken, and changes nothing.")
            .takes("trace", "object", "Taken, and changes nothing.")
            .takes("provider", "object", "Taken, but for options: which upstream serves a model is the operator's.")
            .andOthers();

    private static final Map<String, String> ROLES = Map.of(
            "prompt", "prompt",
            "duration", "duration",
            "resolution", "resolution",
            "aspect_ratio", "aspect_ratio",
            "size", "size",
            "seed", "seed",
            "generate_audio", "audio_on");

    /** What is no parameter under its own name. */
    private static final Set<String> OWN = Set.of(
            "model",
            "frame_images",
            "input_references",
            "previous_job_id",
            "callback_url",
            "user",
            "session_id",
            "trace",
            "provider");

    static VideoRequest read(Fields body) {
        String model = body.text("model");
        Fields provider = new Fields(body.objectOrEmpty("provider"), "provider");
        if (!provider.objectOrEmpty("options").isEmpty()) {
            throw Fields.wrong(
                    "provider.options", "additionalProperties", "are not passed on; send the model's own parameters.");
        }
        List<Given> given = new ArrayList<>();
        ObjectNode parameters = Json.object();
        body.object().properties().forEach(field -> {
            String role = ROLES.get(field.getKey());
            if (field.getValue().isNull() || OWN.contains(field.getKey())) {
                return;
            }
            if (role == null) {
                parameters.set(field.getKey(), field.getValue());
            } else {
                given.add(new Given(role, field.getKey(), field.getValue()));
            }
        });
        frames(body, given);
        references(body, given);
        return new VideoRequest(model, given, parameters, body.textOrNull("previous_job_id"));
    }

    private static void frames(Fields body, List<Given> given) {
        ArrayNode frames = body.arrayOrNull("frame_images");
        for (int i = 0; frames != null && i < frames.size(); i++) {
            String path = "frame_images." + i;
            Fields frame = part(frames.get(i), path);
            String type = frame.text("frame_type");
            String role = switch (type) {
                case "first_frame" -> "image";
                case "last_frame" -> "end_image";
                case String other ->
                    throw Fields.wrong(path + ".frame_type", "enum", "must be first_frame or last_frame.");
            };
            given.add(new Given(role, path, url(frame, "image_url")));
        }
    }

    private static void references(Fields body, List<Given> given) {
        ArrayNode parts = body.arrayOrNull("input_references");
        ArrayNode images = Json.array();
        for (int i = 0; parts != null && i < parts.size(); i++) {
            String path = "input_references." + i;
            Fields part = part(parts.get(i), path);
            String type = part.text("type");
            switch (type) {
                case "image_url" -> images.add(url(part, type));
                case "video_url" -> given.add(new Given("video", path, url(part, type)));
                case "audio_url" -> given.add(new Given("audio", path, url(part, type)));
                case String other ->
                    throw Fields.wrong(path + ".type", "enum", "must be image_url, video_url or audio_url.");
            }
        }
        if (!images.isEmpty()) {
            given.add(new Given("reference_images", "input_references", images));
        }
    }

    private static Fields part(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, path);
        }
        throw Fields.wrong(path, "type", "must be an object with type and a URL.");
    }

    private static JsonNode url(Fields part, String name) {
        Fields inner = new Fields(part.objectOrEmpty(name), part.at(name));
        inner.text("url");
        return inner.object().get("url");
    }
}
