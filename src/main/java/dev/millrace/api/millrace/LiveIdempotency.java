package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a live request once for each {@code Idempotency-Key}. The answer itself is content and is not kept: a repeat of an
 * answered request is told that it was answered, and is never run or charged again.
 */
final class LiveIdempotency {
    private final Database database;
    private final Idempotency idempotency;

    LiveIdempotency(Database database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    /** @param surface the route, under which a key is unique */
    Response once(Request request, String surface, Principal principal, Fields body, Supplier<Response> run) {
        Optional<String> header = request.header(IdempotencyKey.HEADER);
        if (header.isEmpty()) {
            return run.get();
        }
        IdempotencyKey key = new IdempotencyKey(principal.organization(), surface, header.get());
        String lane = principal.organization().text();
        Fingerprint fingerprint = Fingerprint.of(body.object());
        Optional<String> earlier = database.writer()
                .write(
                        lane,
                        tx -> idempotency
                                .start(tx, key, fingerprint, Idempotency.LIVE)
                                .replayed());
        if (earlier.isPresent()) {
            throw answered(earlier.get()).toException();
        }
        boolean answered = false;
        try {
            Response response = run.get();
            answered = true;
            return response;
        } finally {
            finish(lane, key, request.id(), answered);
        }
    }

    /** A request that failed left no effect, and may be sent again under its key. */
    private void finish(String lane, IdempotencyKey key, String requestId, boolean answered) {
        database.writer().write(lane, tx -> {
            if (answered) {
                idempotency.done(tx, key, requestId);
            } else {
                idempotency.forget(tx, key);
            }
            return key;
        });
    }

    private static Problem answered(String requestId) {
        return Problem.of(
                        ProblemCode.ALREADY_ANSWERED,
                        "This request was answered before, once, and answers are not kept; send a new Idempotency-Key"
                                + " to ask again.")
                .withFacts(Map.of("answered_request_id", requestId));
    }
}
