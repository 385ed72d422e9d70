package dev.millrace.api.apiframe;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.RequestRate;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks: {@code X-API-Key}, or {@code Authorization: Bearer} with the same key (contract section 0); and whether they ask
 * too often.
 */
final class Entrance {
    private static final String HEADER = "X-API-Key";

    private final Access access;
    private final RequestRate rate;

    Entrance(Access access, RequestRate rate) {
        this.access = access;
        this.rate = rate;
    }

    /**
     * Lets a request in that admission does not count.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED}, {@code FORBIDDEN} or {@code RATE_LIMITED}
     */
    Principal counted(Request request) {
        Principal principal = known(request);
        rate.take(principal.organization(), principal.key());
        return principal;
    }

    /**
     * Lets a request in that admission will count: who has no request left is told so before anything is looked up.
     *
     * @throws dev.millrace.problem.ProblemException as {@link #counted}
     */
    Principal unhurried(Request request) {
        Principal principal = known(request);
        rate.require(principal.organization(), principal.key());
        return principal;
    }

    /** Who asks where no key is needed; empty where none is shown, or none that holds. */
    Optional<OrganizationId> asker(Request request) {
        List<String> keys = request.headers(HEADER);
        return keys.size() == 1 ? access.asker(request, keys.getFirst().strip()) : access.asker(request);
    }

    private Principal known(Request request) {
        List<String> keys = request.headers(HEADER);
        if (keys.isEmpty()) {
            return access.enter(request);
        }
        if (keys.size() > 1) {
            throw new Problem(
                            ProblemCode.UNAUTHENTICATED,
                            "More than one key was sent.",
                            List.of(),
                            Map.of("reason", "ambiguous"),
                            null)
                    .toException();
        }
        return access.enter(request, keys.getFirst().strip());
    }
}
