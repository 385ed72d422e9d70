package dev.millrace.api.callbacks;

import dev.millrace.jobs.CallbackAddress;
import dev.millrace.jobs.CallbackAnswer;
import dev.millrace.jobs.Callbacks;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.CallbackVerdict;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.io.IOException;
import java.io.InputStream;

/** {@code POST /callbacks/{provider}/{job}/{token}}: an upstream tells how a job is getting on. Nobody has a key here: the address is the secret. */
public final class CallbackRoutes {
    private final Callbacks callbacks;

    public CallbackRoutes(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    public void addTo(Routes.Group group) {
        group.needing(RouteInfo.ANYONE).post("/callbacks/{provider}/{job}/{token}", this::take);
    }

    /** 204 when it was taken, also when it came too late to count; 404 for what is none of ours; 401 and 400 for what is not believed. */
    private Response take(Request request) {
        CallbackAddress address = callbacks
                .address(request.pathParam("provider"), request.pathParam("job"), request.pathParam("token"))
                .orElseThrow(CallbackRoutes::absent);
        CallbackAnswer answer = callbacks.take(address, request.method(), request.headers(), body(request));
        return switch (answer) {
            case CallbackAnswer.Taken taken -> Response.empty(204);
            case CallbackAnswer.Late late -> Response.empty(204);
            case CallbackAnswer.Unknown unknown -> throw absent();
            case CallbackAnswer.Refused(CallbackVerdict.Reason reason) -> throw refused(reason);
        };
    }

    private byte[] body(Request request) {
        try (InputStream body = request.stream(callbacks.maxBytes())) {
            return body.readAllBytes();
        } catch (IOException broken) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "The body ends before its stated length, or came too slowly.");
        }
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is nothing here.");
    }

    private static ProblemException refused(CallbackVerdict.Reason reason) {
        return switch (reason) {
            case UNSIGNED -> new ProblemException(ProblemCode.UNAUTHENTICATED, "The callback is not signed.");
            case FORGED ->
                new ProblemException(ProblemCode.UNAUTHENTICATED, "The signature does not fit the callback.");
            case STALE ->
                new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "The callback's time is too far from now; send it anew.");
            case MALFORMED -> new ProblemException(ProblemCode.INVALID_REQUEST, "The callback is not understood.");
        };
    }
}
