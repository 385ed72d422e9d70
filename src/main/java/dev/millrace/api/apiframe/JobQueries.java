package dev.millrace.api.apiframe;

import dev.millrace.catalog.Catalog;
import dev.millrace.id.JobId;
import dev.millrace.jobs.JobFilter;
import dev.millrace.jobs.JobState;
import dev.millrace.server.Request;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the query of {@code GET /v2/jobs}. */
final class JobQueries {
    private static final int LIMIT = 20;
    private static final int LIMIT_MAX = 100;

    private final Catalog catalog;

    JobQueries(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the parameter */
    JobQuery read(Request request) {
        // Every key acts for the one user of its organization, so both scopes show the same jobs.
        Queries.oneOf(request, "scope", "user", "team");
        return new JobQuery(
                new JobFilter(states(request), null, models(request)),
                Queries.number(request, "limit", LIMIT_MAX, LIMIT),
                request.query("cursor").orElse(null),
                search(request),
                Queries.flag(request, "include_models"));
    }

    private static @Nullable JobId search(Request request) {
        String text = request.query("search").orElse(null);
        return text == null
                ? null
                : JobId.parse(text).orElseThrow(() -> Queries.wrong("search", "must be a UUID: the id of a job."));
    }

    private static @Nullable Set<JobState> states(Request request) {
        String word = request.query("status").orElse(null);
        return word == null
                ? null
                : Statuses.read(word)
                        .orElseThrow(() -> Queries.wrong(
                                "status", "must be one of QUEUED, PROCESSING, COMPLETED, FAILED, CANCELLED."));
    }

    private @Nullable Set<String> models(Request request) {
        return request.query("model")
                .map(shown -> ModelNames.behind(shown, catalog))
                .orElse(null);
    }
}
