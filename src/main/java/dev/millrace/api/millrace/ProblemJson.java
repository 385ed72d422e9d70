package dev.millrace.api.millrace;

import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A failure as {@code application/problem+json} (RFC 9457): clients switch on {@code type} or {@code code}. */
final class ProblemJson {
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE = "urn:millrace:problem:";

    private ProblemJson() {}

    static Response render(Problem problem, Request request) {
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
}
