package dev.millrace.admission;

import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.idempotency.IdempotencyKey;

/** Names what a client wants done once: the keys of an organization share it, and those for testing have their own. */
public final class Repeats {
    private Repeats() {}

    /**
     * The idempotency key of a request. What a test key made is never the answer to a live one, nor the other way round.
     *
     * @param surface the route, under which the text is unique
     * @param text what the client sent
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when the text is none
     */
    public static IdempotencyKey key(Principal principal, String surface, String text) {
        String where = principal.environment() == Environment.TEST ? "test " + surface : surface;
        return new IdempotencyKey(principal.organization(), where, text);
    }
}
