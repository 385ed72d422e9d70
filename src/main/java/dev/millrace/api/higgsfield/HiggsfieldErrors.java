package dev.millrace.api.higgsfield;

import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.server.ErrorRenderer;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * This dialect's failures: {@code {"detail": …}} and nothing else (contract 1.0). The detail is a text, or, where the body
 * can't be read at all, a list as FastAPI makes it.
 */
final class HiggsfieldErrors implements ErrorRenderer {
    private static final Set<String> HEADERS = Set.of(RetentionHeader.NAME, IdempotencyKey.HEADER);

    /** A failure whose detail is one text. */
    record TextBody(String detail) {}

    /** A failure of the typed layer: one entry per thing that is wrong. */
    record ListBody(List<EntryBody> detail) {}

    /** Where a body is wrong, and how. */
    record EntryBody(List<String> loc, String msg, String type) {}

    /** The one failure that also states its code. */
    record CrashBody(int code, String detail) {}

    @Override
    public Response render(Problem problem, Request request) {
        return switch (problem.code()) {
            case INVALID_JSON -> unreadable(problem);
            case INTERNAL -> Response.json(500, new CrashBody(500, "Internal Server Error"));
            case INVALID_REQUEST, NOT_CANCELABLE, QUOTE_NOT_USABLE -> text(400, problem.detail());
            case INVALID_PARAMETER -> parameter(problem);
            case CONCURRENCY_REACHED -> text(400, concurrency(problem));
            case UNAUTHENTICATED -> text(401, "Invalid credentials");
            case INSUFFICIENT_FUNDS, SPEND_CAP_REACHED -> text(403, "Insufficient credits");
            case FORBIDDEN -> text(403, "Not enough permissions");
            case MODEL_NOT_FOUND -> text(404, "model_not_found");
            case NOT_FOUND -> text(404, problem.detail());
            case IDEMPOTENCY_MISMATCH, CONTENT_REJECTED -> text(422, problem.detail());
            case MODEL_BLOCKED -> text(423, "Model is temporarily blocked");
            case MODEL_DISABLED -> text(503, "Model is disabled");
            case METHOD_NOT_ALLOWED,
                    IDEMPOTENCY_IN_USE,
                    ALREADY_ANSWERED,
                    NOT_FINISHED,
                    GONE,
                    PAYLOAD_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    RATE_LIMITED,
                    UPSTREAM_ERROR,
                    UPSTREAM_UNKNOWN,
                    UPSTREAM_TIMEOUT,
                    NO_CAPACITY,
                    UNAVAILABLE -> text(problem.code().status(), problem.detail());
        };
    }

    private static Response text(int status, String detail) {
        return Response.json(status, new TextBody(detail));
    }

    private static Response unreadable(Problem problem) {
        if (!problem.fields().isEmpty()) {
            return Response.json(
                    422,
                    new ListBody(problem.fields().stream()
                            .map(HiggsfieldErrors::part)
                            .toList()));
        }
        return Response.json(
                422, new ListBody(List.of(new EntryBody(List.of("body"), problem.detail(), "json_invalid"))));
    }

    /** Headers are read by the typed layer, parameters by the model's schema; each says in its own form what is wrong. */
    private static Response parameter(Problem problem) {
        List<FieldError> fields = problem.fields();
        if (fields.isEmpty()) {
            return text(400, problem.detail());
        }
        if (HEADERS.contains(fields.getFirst().path())) {
            return Response.json(
                    422,
                    new ListBody(fields.stream().map(HiggsfieldErrors::header).toList()));
        }
        return text(400, fields.stream().map(SchemaWording::of).collect(Collectors.joining("; ")));
    }

    /** A part of an envelope that has the wrong type, or is missing. */
    private static EntryBody part(FieldError error) {
        List<String> loc = new ArrayList<>(List.of("body"));
        loc.addAll(List.of(error.path().split("\\.")));
        return new EntryBody(loc, error.message(), error.rule());
    }

    private static EntryBody header(FieldError error) {
        return new EntryBody(List.of("header", error.path()), error.message(), "value_error");
    }

    private static String concurrency(Problem problem) {
        Object limit = problem.facts().get("limit");
        return "Maximum number of concurrent requests (" + limit + ") has been reached";
    }
}
