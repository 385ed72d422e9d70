package dev.millrace.api.millrace;

import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A failure in the shape that OpenAI's clients read: {@code {"error": {message, type, param, code}}}. */
record OpenAiError(ErrorBody error) {

    record ErrorBody(String message, String type, @Nullable String param, String code) {}

    static Response render(Problem problem, Request request) {
        Response response = Response.json(problem.code().status(), of(problem));
        // OpenAI's clients repeat every 409 unless they are told that it is in vain.
        return problem.code() == ProblemCode.ALREADY_ANSWERED ? response.header("x-should-retry", "false") : response;
    }

    /** The failure of a chat, whose clients are those of several: in OpenAI's shape, or as OpenRouter's own client reads it. */
    static Response ofChat(Problem problem, Request request) {
        return OpenRouterError.isReadBy(request) ? OpenRouterError.render(problem, request) : render(problem, request);
    }

    static OpenAiError of(Problem problem) {
        String param =
                problem.fields().isEmpty() ? null : problem.fields().getFirst().path();
        return new OpenAiError(new ErrorBody(problem.detail(), type(problem.code()), param, code(problem.code())));
    }

    private static String type(ProblemCode code) {
        if (code.status() >= 500) {
            return "server_error";
        }
        return switch (code) {
            case UNAUTHENTICATED -> "authentication_error";
            case INSUFFICIENT_FUNDS -> "insufficient_quota";
            case FORBIDDEN, SPEND_CAP_REACHED -> "permission_error";
            case RATE_LIMITED, CONCURRENCY_REACHED -> "rate_limit_error";
            case ProblemCode other -> "invalid_request_error";
        };
    }

    private static String code(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> "invalid_api_key";
            case INSUFFICIENT_FUNDS -> "insufficient_credits";
            case RATE_LIMITED, CONCURRENCY_REACHED -> "rate_limit_exceeded";
            case ProblemCode other -> other.slug();
        };
    }

    static Failures failures() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putArray("required").add("error");
        ObjectNode error = schema.putObject("properties").putObject("error").put("type", "object");
        error.putArray("required").add("message").add("type").add("param").add("code");
        ObjectNode members = error.putObject("properties");
        members.putObject("message").put("type", "string");
        members.putObject("type").put("type", "string");
        members.putObject("param").putArray("type").add("string").add("null");
        members.putObject("code").put("type", "string");
        return new Failures("OpenAiError", "application/json", schema);
    }
}
