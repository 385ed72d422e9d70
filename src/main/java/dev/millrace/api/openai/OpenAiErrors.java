package dev.millrace.api.openai;

import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.ErrorRenderer;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.node.ObjectNode;

/**
 * This dialect's failures (contract B1): {@code {"error": {message, type, param, code}}}, with the statuses that OpenAI uses. The
 * numbers of a refusal, and the id of its job, stand beside them.
 */
final class OpenAiErrors implements ErrorRenderer {
    /** The fact that says that a job goes on: its request must not be sent again. */
    static final String JOB_STATUS = "job_status";

    @Override
    public Response render(Problem problem, Request request) {
        Response response = Response.json(status(problem.code()), body(problem));
        return again(problem) ? response : response.header("x-should-retry", "false");
    }

    /** The body alone, for streams. */
    static ObjectNode body(Problem problem) {
        String param =
                problem.fields().isEmpty() ? null : problem.fields().getFirst().path();
        ObjectNode error = Json.object();
        problem.facts().forEach((name, value) -> error.set(name, Json.tree(value)));
        error.put("message", problem.detail())
                .put("type", type(problem.code()))
                .put("param", param)
                .put("code", code(problem.code()));
        ObjectNode body = Json.object();
        body.set("error", error);
        return body;
    }

    /** OpenAI's clients send a request again by themselves on 408, 409, 429 and 5xx: only where that can help. */
    private static boolean again(Problem problem) {
        return switch (problem.code()) {
            case INSUFFICIENT_FUNDS,
                    SPEND_CAP_REACHED,
                    NOT_FINISHED,
                    NOT_CANCELABLE,
                    QUOTE_NOT_USABLE,
                    ALREADY_ANSWERED -> false;
            case ProblemCode other -> !problem.facts().containsKey(JOB_STATUS);
        };
    }

    private static int status(ProblemCode code) {
        return switch (code) {
            case INSUFFICIENT_FUNDS, SPEND_CAP_REACHED -> 429;
            case CONTENT_REJECTED -> 400;
            case MODEL_BLOCKED -> 503;
            case ProblemCode other -> other.status();
        };
    }

    private static String type(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> "authentication_error";
            case INSUFFICIENT_FUNDS, SPEND_CAP_REACHED -> "insufficient_quota";
            case FORBIDDEN -> "permission_error";
            case RATE_LIMITED, CONCURRENCY_REACHED -> "rate_limit_error";
            case ProblemCode other -> status(other) >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static String code(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> "invalid_api_key";
            case INSUFFICIENT_FUNDS -> "insufficient_quota";
            case SPEND_CAP_REACHED -> "billing_hard_limit_reached";
            case RATE_LIMITED, CONCURRENCY_REACHED -> "rate_limit_exceeded";
            case CONTENT_REJECTED -> "moderation_blocked";
            case ProblemCode other -> other.slug();
        };
    }
}
