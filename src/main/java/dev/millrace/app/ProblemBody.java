package dev.millrace.app;

import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Failures on paths that no dialect owns, as RFC 9457 problems. */
final class ProblemBody {
    private ProblemBody() {}

    static Response render(Problem problem, Request request) {
        ObjectNode body = Json.object();
        body.put("type", "about:blank");
        body.put("title", problem.code().title());
        body.put("status", problem.code().status());
        body.put("detail", problem.detail());
        body.put("code", problem.code().name().toLowerCase(Locale.ROOT));
        body.put("request_id", request.id());
        return Response.bytes(problem.code().status(), "application/problem+json", Json.bytes(body));
    }
}
