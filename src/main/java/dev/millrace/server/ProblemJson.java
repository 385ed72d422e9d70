package dev.millrace.server;

import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A failure as {@code application/problem+json} (RFC 9457): clients switch on {@code type} or {@code code}. For every path whose dialect
 * has no shape of its own.
 */
public final class ProblemJson {
    /** Its content type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:millrace:problem:";

    private ProblemJson() {}

    /** An {@link ErrorRenderer}. */
    public static Response render(Problem problem, Request request) {
        ObjectNode body = Json.object();
        // Facts come first, so that none of them can stand in for a member of the standard.
        problem.facts().forEach((name, value) -> body.set(name, Json.tree(value)));
        body.put("type", TYPE + problem.code().slug())
                .put("title", problem.code().title())
                .put("status", problem.code().status())
                .put("detail", problem.detail())
                .put("instance", "urn:uuid:" + request.id())
                .put("code", problem.code().slug())
                .put("request_id", request.id());
        if (!problem.fields().isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            problem.fields()
                    .forEach(error -> errors.addObject()
                            .put("field", error.path())
                            .put("rule", error.rule())
                            .put("message", error.message()));
        }
        return Response.bytes(problem.code().status(), MEDIA_TYPE, Json.bytes(body));
    }

    /** Its JSON Schema. A failure may carry facts beside these: numbers and names that a client can act on. */
    public static ObjectNode schema() {
        ObjectNode schema = Json.object().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (String name : List.of("type", "title", "detail", "instance", "code", "request_id")) {
            required.add(name);
            properties.putObject(name).put("type", "string");
        }
        required.add("status");
        properties.putObject("status").put("type", "integer");
        ObjectNode error = properties.putObject("errors").put("type", "array").putObject("items");
        ObjectNode members = error.put("type", "object").putObject("properties");
        for (String name : List.of("field", "rule", "message")) {
            members.putObject(name).put("type", "string");
        }
        schema.put("additionalProperties", true);
        return schema;
    }
}
