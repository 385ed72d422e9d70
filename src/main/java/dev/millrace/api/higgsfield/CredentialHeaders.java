package dev.millrace.api.higgsfield;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.server.Request;
import java.util.Optional;

/**
 * Who asks: {@code Authorization: Key <id>:<secret>}, or the older pair {@code hf-api-key} and {@code hf-secret}; both
 * styles on every route (contract section 0).
 */
final class CredentialHeaders {
    private final Access access;

    CredentialHeaders(Access access) {
        this.access = access;
    }

    /** Whether the request shows any credentials, right or wrong. */
    boolean given(Request request) {
        return request.header("hf-api-key").isPresent()
                || request.header("Authorization").isPresent();
    }

    /** @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} */
    Principal principal(Request request) {
        Optional<String> id = request.header("hf-api-key");
        return id.isPresent()
                ? access.enter(request, id.get(), request.header("hf-secret").orElse(""))
                : access.enter(request);
    }
}
