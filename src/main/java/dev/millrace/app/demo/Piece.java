package dev.millrace.app.demo;

import dev.millrace.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that the demonstration makes.
 *
 * @param name what it is called on the screen
 * @param file the name of its file, without what follows the dot
 * @param settings the model's parameters beside the prompt
 */
record Piece(String name, String model, String prompt, String file, ObjectNode settings) {
    /** The jobs. */
    static final List<Piece> MEDIA = List.of(
            new Piece(
                    "image",
                    "sandbox/image",
                    "An old watermill at dawn, mist over the millrace, warm light in one window",
                    "image",
                    Json.object().put("size", "1024x768")),
            new Piece(
                    "video",
                    "sandbox/video",
                    "Water running down a millrace onto a turning wheel, evening sun",
                    "video",
                    Json.object().put("duration", 5)),
            new Piece(
                    "track",
                    "sandbox/music",
                    "A calm folk tune for harp and flute, like water over stones",
                    "track",
                    Json.object().put("duration", 20)));

    /** The chat. */
    static final Piece CHAT = new Piece(
            "chat",
            "sandbox/text",
            "In a few sentences: what is a millrace, and what does it drive?",
            "chat",
            Json.object());

    ObjectNode request() {
        ObjectNode body =
                Json.object().put("model", model).put("prompt", prompt).put("async", true);
        body.set("settings", settings);
        return body;
    }

    ObjectNode chatRequest() {
        ObjectNode body = Json.object().put("model", model).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.put("max_tokens", 300);
        return body;
    }
}
