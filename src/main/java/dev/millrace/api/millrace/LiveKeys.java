package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Repeats;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.relay.LiveKey;
import dev.millrace.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Idempotency-Key} of a live request. */
final class LiveKeys {
    private LiveKeys() {}

    /** @param surface the route, under which a key is unique */
    static @Nullable LiveKey of(Request request, String surface, Principal principal, Fields body) {
        return request.header(IdempotencyKey.HEADER)
                .map(key -> new LiveKey(Repeats.key(principal, surface, key), Fingerprint.of(body.object())))
                .orElse(null);
    }
}
