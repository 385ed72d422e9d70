package dev.millrace.api.millrace;

import dev.millrace.json.Json;
import dev.millrace.provider.Dialogue;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request in OpenAI's shape (contract B6).
 *
 * @param parameters what the model's schema decides on
 * @param usageInStream whether the stream ends with a chunk that states the usage
 */
record ChatRequest(Dialogue dialogue, ObjectNode parameters, boolean stream, boolean usageInStream) {
    /** What is told the model beside its parameters, and is told every model in the same form. */
    static final List<String> DIALOGUE = List.of("tools", "tool_choice", "parallel_tool_calls", "response_format");

    /** Fields that are the dialect's own, or that clients send and that change nothing in what is made or charged. */
    private static final Set<String> NOT_PARAMETERS = Set.of(
            "model",
            "models",
            "messages",
            "stream",
            "stream_options",
            "n",
            "user",
            "session_id",
            "trace",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "max_completion_tokens");

    static ChatRequest read(Fields body) {
        if (body.number("n", 1).orElse(1) != 1) {
            throw Fields.wrong("n", "maximum", "must be 1: one answer per request.");
        }
        Fields options = new Fields(body.objectOrEmpty("stream_options"), "stream_options");
        Dialogue dialogue = new Dialogue(ChatMessages.read(body), ChatTools.read(body), ChatFormat.read(body));
        return new ChatRequest(dialogue, parameters(body), body.flag("stream"), options.flag("include_usage"));
    }

    private static ObjectNode parameters(Fields body) {
        ObjectNode parameters = Json.object();
        body.object().properties().forEach(field -> {
            if (!NOT_PARAMETERS.contains(field.getKey()) && !field.getValue().isNull()) {
                parameters.set(field.getKey(), field.getValue());
            }
        });
        parameters.remove(DIALOGUE);
        if (body.has("max_completion_tokens")) {
            parameters.set("max_tokens", body.object().get("max_completion_tokens"));
        }
        return parameters;
    }
}
