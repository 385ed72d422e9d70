package dev.millrace.api.apiframe;

import dev.millrace.testkit.Caller.Reply;
import java.util.List;
import java.util.Map;

/** A well-formed request of each of the 21 operations, and the statuses that the contract names for it. */
final class Requests {
    static final String ABSENT = "01890000-0000-7000-8000-000000000000";
    private static final String PICTURE = "\"https://images.example/a.png\"";
    private static final String FILM = "\"https://images.example/a.mp4\"";

    /** Contract, section 1: the operation and every status that it documents; 409 and 404 of the actions in prose. */
    static final Map<String, List<Integer>> CONTRACT = Map.ofEntries(
            Map.entry("POST /v2/images/generate", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/images/upscale", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/images/edit", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/images/background-remove", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/images/midjourney/action", List.of(202, 400, 401, 402, 403, 404, 409, 429, 503)),
            Map.entry("POST /v2/videos/generate", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/videos/upscale", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/videos/edit", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/music/generate", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("POST /v2/music/suno/action", List.of(202, 400, 401, 402, 403, 404, 409, 429, 503)),
            Map.entry("GET /v2/jobs", List.of(200, 400, 401, 403, 429)),
            Map.entry("GET /v2/jobs/{id}", List.of(200, 400, 401, 403, 404, 429)),
            Map.entry("GET /v2/me", List.of(200, 401, 403, 429)),
            Map.entry("GET /v2/models", List.of(200, 400)),
            Map.entry("POST /v2/uploads", List.of(201, 400, 401, 403, 429, 502)),
            Map.entry("POST /v2/assets/create", List.of(201, 400, 401, 403, 429, 502)),
            Map.entry("GET /v2/assets/{assetId}", List.of(200, 400, 401, 403, 404, 429, 502)),
            Map.entry("POST /v2/loras", List.of(202, 400, 401, 402, 403, 429, 503)),
            Map.entry("GET /v2/loras", List.of(200, 400, 401, 403, 429)),
            Map.entry("GET /v2/loras/{id}", List.of(200, 400, 401, 403, 404, 429)),
            Map.entry("DELETE /v2/loras/{id}", List.of(204, 400, 401, 403, 404, 429)));

    /** Operation → a body that names no job of anyone's; {@code %s} is the parent job. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /v2/images/generate",
            "{\"model\":\"flux-2-dev\",\"prompt\":\"a\",\"sandbox\":{\"draft\":true}}",
            "POST /v2/images/upscale",
            "{\"model\":\"topaz-image-upscale\",\"topazUpscaleParams\":{\"image\":" + PICTURE + "},%d}",
            "POST /v2/images/edit",
            "{\"model\":\"flux-fill-pro\",\"fluxFillParams\":{\"image\":" + PICTURE
                    + ",\"mode\":\"outpaint\",\"prompt\":\"a\",\"outpaint\":\"Make square\"},%d}",
            "POST /v2/images/background-remove",
            "{\"model\":\"bria-bg-remove\",\"briaBgRemoveParams\":{\"image\":" + PICTURE + "},%d}",
            "POST /v2/images/midjourney/action",
            "{\"action\":\"upsample\",\"index\":1,\"parentJobId\":\"%s\",%d}",
            "POST /v2/videos/generate",
            "{\"model\":\"kling-2.6\",\"prompt\":\"a\",\"klingParams\":{\"duration\":5},%d}",
            "POST /v2/videos/upscale",
            "{\"model\":\"topaz-video-upscale\",\"topazVideoParams\":{\"video\":" + FILM
                    + ",\"target_fps\":24,\"target_resolution\":\"720p\"},%d}",
            "POST /v2/videos/edit",
            "{\"model\":\"wan-2.7-videoedit\",\"prompt\":\"a\",\"wan27VideoeditParams\":{\"video\":" + FILM
                    + ",\"duration\":2},%d}",
            "POST /v2/music/generate",
            "{\"model\":\"suno\",\"prompt\":\"a\",%d}",
            "POST /v2/music/suno/action",
            "{\"action\":\"cover\",\"index\":1,\"parentJobId\":\"%s\",%d}");

    private Requests() {}

    /** Whether an operation makes a job out of a JSON body. */
    static boolean makesJob(String operation) {
        return BODIES.containsKey(operation);
    }

    static boolean isAction(String operation) {
        return operation.endsWith("/action");
    }

    /** The body of an operation that makes a job. */
    static String body(String operation, String parent, String image, String video) {
        return BODIES.get(operation)
                .replace("%d", "\"sandbox\":{\"draft\":true}")
                .replace("%s", parent)
                .replace(PICTURE, "\"" + image + "\"")
                .replace(FILM, "\"" + video + "\"");
    }

    /** Sends the operation, with something that is there or is not. */
    static Reply send(Desk desk, String operation, String id, String image, String video) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[A-Za-z]+}", id);
        if (makesJob(operation)) {
            return desk.post(path, body(operation, id, image, video));
        }
        return switch (operation) {
            case "POST /v2/assets/create" -> desk.post(path, "{\"url\":\"" + image + "\",\"type\":\"image\"}");
            case "POST /v2/uploads" -> desk.send(path, new Form().file("file", "a.png", Pictures.png()));
            case "POST /v2/loras" -> desk.send(path, training(15));
            default -> desk.call(method, path, "");
        };
    }

    static Form training(int images) {
        Form form = new Form().field("name", "a mill").field("subjectKind", "object");
        for (int i = 0; i < images; i++) {
            form.file("images", i + ".png", Pictures.png());
        }
        return form;
    }
}
