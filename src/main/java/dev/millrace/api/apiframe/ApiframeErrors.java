package dev.millrace.api.apiframe;

import dev.millrace.money.CreditRate;
import dev.millrace.money.Money;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.ErrorRenderer;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This dialect's failures (contract 1.12): {@code {"error": …}}, with {@code details} by path where fields are wrong. */
final class ApiframeErrors implements ErrorRenderer {
    private static final String WHOLE = "body";

    private final CreditRate rate;

    ApiframeErrors(CreditRate rate) {
        this.rate = rate;
    }

    /** A failure. */
    record ErrorBody(String error) {}

    /** A request that is not valid: what is wrong, by the path of the field. */
    record ValidationBody(String error, Map<String, List<String>> details) {}

    /** A wallet that does not cover the request, in whole credits. */
    record CreditsBody(String error, long creditsRequired, long creditsAvailable) {}

    @Override
    public Response render(Problem problem, Request request) {
        return switch (problem.code()) {
            case INVALID_PARAMETER, MODEL_NOT_FOUND -> validation(problem);
            case INVALID_JSON, INVALID_REQUEST, CONTENT_REJECTED, UNSUPPORTED_MEDIA_TYPE -> text(400, problem);
            case UNAUTHENTICATED -> Response.json(401, new ErrorBody(unauthenticated(problem)));
            case INSUFFICIENT_FUNDS -> credits(problem);
            case IDEMPOTENCY_MISMATCH -> text(409, problem);
            case GONE -> text(404, problem);
            case MODEL_BLOCKED -> text(503, problem);
            case INTERNAL -> Response.json(500, new ErrorBody("Internal server error"));
            case FORBIDDEN,
                    SPEND_CAP_REACHED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    IDEMPOTENCY_IN_USE,
                    ALREADY_ANSWERED,
                    NOT_CANCELABLE,
                    NOT_FINISHED,
                    QUOTE_NOT_USABLE,
                    PAYLOAD_TOO_LARGE,
                    RATE_LIMITED,
                    CONCURRENCY_REACHED,
                    UPSTREAM_ERROR,
                    UPSTREAM_UNKNOWN,
                    MODEL_DISABLED,
                    NO_CAPACITY,
                    UNAVAILABLE,
                    UPSTREAM_TIMEOUT -> text(problem.code().status(), problem);
        };
    }

    private static Response text(int status, Problem problem) {
        return Response.json(status, new ErrorBody(problem.detail()));
    }

    /** Whoever sends no key is told so; of a key that does not work nothing is told. */
    private static String unauthenticated(Problem problem) {
        return "missing".equals(problem.facts().get("reason")) ? "API key is required" : "Invalid API key";
    }

    private static Response validation(Problem problem) {
        if (problem.fields().isEmpty()) {
            return text(400, problem);
        }
        Map<String, List<String>> details = new LinkedHashMap<>();
        for (FieldError field : problem.fields()) {
            String message = problem.code() == ProblemCode.MODEL_NOT_FOUND ? problem.detail() : field.message();
            details.computeIfAbsent(field.path().isEmpty() ? WHOLE : field.path(), path -> new ArrayList<>())
                    .add(message);
        }
        return Response.json(400, new ValidationBody("Validation error", details));
    }

    private Response credits(Problem problem) {
        return Response.json(
                402,
                new CreditsBody(
                        "Insufficient credits",
                        rate.creditsUp(amount(problem, "required_nanos")),
                        Math.max(0, rate.creditsDown(amount(problem, "balance_nanos")))));
    }

    private static Money amount(Problem problem, String fact) {
        return problem.facts().get(fact) instanceof Number nanos ? Money.ofNanos(nanos.longValue()) : Money.ZERO;
    }
}
