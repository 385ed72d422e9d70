package dev.millrace.problem;

import java.util.Locale;

/** The closed list of failures that Millrace tells a caller; each dialect maps every one of them to its own shape. */
public enum ProblemCode {
    INVALID_JSON(400, "The body is not the JSON that it should be"),
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_PARAMETER(400, "A parameter is not valid"),
    UNAUTHENTICATED(401, "The credentials are missing or wrong"),
    INSUFFICIENT_FUNDS(402, "The wallet does not cover the request"),
    FORBIDDEN(403, "The key may not do this"),
    SPEND_CAP_REACHED(403, "A spend cap does not cover the request"),
    NOT_FOUND(404, "There is no such thing"),
    MODEL_NOT_FOUND(404, "There is no such model"),
    METHOD_NOT_ALLOWED(405, "The method does not go with this path"),
    IDEMPOTENCY_IN_USE(409, "A request with this idempotency key is being answered"),
    ALREADY_ANSWERED(409, "The request was answered before, and the answer is not kept"),
    NOT_CANCELABLE(409, "The job can not be canceled any more"),
    NOT_FINISHED(409, "The job is not finished"),
    QUOTE_NOT_USABLE(409, "The quote does not cover this request"),
    GONE(410, "It was deleted, or its retention has passed"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not taken here"),
    IDEMPOTENCY_MISMATCH(422, "The idempotency key was used with another request"),
    CONTENT_REJECTED(422, "The content did not pass moderation"),
    MODEL_BLOCKED(423, "The model is blocked for now"),
    RATE_LIMITED(429, "Too many requests"),
    CONCURRENCY_REACHED(429, "Too many requests at once"),
    INTERNAL(500, "Something went wrong inside"),
    UPSTREAM_ERROR(502, "The upstream failed"),
    UPSTREAM_UNKNOWN(502, "Whether the upstream took the request can not be known"),
    MODEL_DISABLED(503, "The model is disabled"),
    NO_CAPACITY(503, "No upstream has room"),
    UNAVAILABLE(503, "A part of the service is down"),
    UPSTREAM_TIMEOUT(504, "The upstream took too long");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of a dialect that has no rule of its own. */
    public int status() {
        return status;
    }

    /** One sentence that says the kind of failure; the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The stable lower-case name that clients switch on, as {@code insufficient_funds}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
