package dev.millrace.server;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.time.Duration;
import java.util.List;

/** Answers what the library refuses before it is a request: broken heads, lengths, encodings, and too much at once. */
final class BrokenRequests implements DirectHandler {
    private final Dispatcher dispatcher;

    BrokenRequests(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest from, EventType type, Status status, ServerResponseHeaders headers, String message) {
        int query = from.path().indexOf('?');
        String path = query < 0 ? from.path() : from.path().substring(0, query);
        var request = new Request(
                new BrokenExchange(from.method()), new RequestTarget(path, null), from.headers(), dispatcher.newId());
        Response response = dispatcher.broken(request, problem(from, type, status));
        TransportResponse.Builder to = TransportResponse.builder()
                .status(Status.create(response.status()))
                .keepAlive(false);
        List<String> given = response.headers();
        for (int i = 0; i < given.size(); i += 2) {
            to.header(HeaderValues.create(given.get(i), given.get(i + 1)));
        }
        to.header(HeaderValues.create(Answer.REQUEST_ID, request.id()));
        to.header(HeaderValues.create(Answer.CORRELATION_ID, request.id()));
        if (response.body() instanceof Response.Body.Bytes body && body.bytes().length > 0) {
            to.entity(body.bytes());
        }
        return to.build();
    }

    private static Problem problem(TransportRequest from, EventType type, Status status) {
        if (from.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding is not taken here: send the body as it is.");
        }
        return switch (type) {
            // no bug of ours comes this way: the dispatcher answers them, and what else fails is the reading of a head
            case BAD_REQUEST, INTERNAL_ERROR -> badRequest(status);
            case PAYLOAD_TOO_LARGE -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large.");
            case FORBIDDEN -> Problem.of(ProblemCode.FORBIDDEN, "This request is refused.");
            case OTHER ->
                Problem.of(ProblemCode.UNAVAILABLE, "Too many requests are being answered at once.")
                        .withRetryAfter(Duration.ofSeconds(1));
            case HTTP_VERSION_NOT_SUPPORTED -> Problem.of(ProblemCode.INVALID_REQUEST, "Only HTTP/1.1 is spoken here.");
        };
    }

    private static Problem badRequest(Status status) {
        return switch (status.code()) {
            case 413 -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large.");
            case 414 -> Problem.of(ProblemCode.INVALID_REQUEST, "The request line is too long.");
            case 501 -> Problem.of(ProblemCode.INVALID_REQUEST, "Transfer-Encoding must be chunked and nothing else.");
            default ->
                Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        "The request is not well-formed HTTP: its request line, a header or its length is wrong.");
        };
    }
}
