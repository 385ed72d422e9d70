package dev.millrace.api.millrace;

import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.node.ObjectNode;

/** A failure as OpenRouter's clients read it: the status as a number, a sentence, and beside them what a program can act on. */
public final class OpenRouterError {
    /** What OpenRouter's own client says that it is. */
    private static final String CLIENT = "@openrouter/sdk";

    private OpenRouterError() {}

    /** Whether the request comes from OpenRouter's own client, which reads no other shape. */
    static boolean isReadBy(Request request) {
        return request.header("User-Agent")
                .filter(client -> client.contains(CLIENT))
                .isPresent();
    }

    public static Response render(Problem problem, Request request) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", problem.code().status()).put("message", problem.detail());
        ObjectNode metadata = error.putObject("metadata");
        problem.facts().forEach((name, value) -> metadata.set(name, Json.tree(value)));
        metadata.put("error_type", problem.code().slug()).put("request_id", request.id());
        if (!problem.fields().isEmpty()) {
            metadata.put("field", problem.fields().getFirst().path());
        }
        return Response.json(problem.code().status(), body);
    }

    public static Failures failures() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putArray("required").add("error");
        ObjectNode error = schema.putObject("properties").putObject("error").put("type", "object");
        error.putArray("required").add("code").add("message");
        ObjectNode members = error.putObject("properties");
        members.putObject("code").put("type", "integer");
        members.putObject("message").put("type", "string");
        members.putObject("metadata").put("type", "object").put("additionalProperties", true);
        return new Failures("OpenRouterError", "application/json", schema);
    }
}
