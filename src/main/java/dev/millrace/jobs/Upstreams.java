package dev.millrace.jobs;

import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaProvider;
import dev.millrace.routing.Route;
import java.util.List;
import java.util.Optional;

/** Reaches the upstream that has a job, for those who do not run the job. */
final class Upstreams {
    private final JobParts parts;

    Upstreams(JobParts parts) {
        this.parts = parts;
    }

    /** Asks the job's upstream to stop; true when it did and bills nothing, false also when there is none to ask. */
    boolean cancel(JobRow row) {
        JobRow.Course course = row.course();
        String upstreamId = course.upstreamId();
        if (upstreamId == null) {
            return false;
        }
        MediaCall call = new MediaCall(
                row.job().id(),
                course.submission(),
                course.upstreamModel(),
                row.job().modality(),
                Json.object());
        return adapter(row)
                .map(media -> new Upstream(media, call, null).cancel(upstreamId))
                .orElse(false);
    }

    private Optional<MediaProvider> adapter(JobRow row) {
        return routes(row).stream()
                .filter(route -> route.provider().name().equals(row.course().provider()))
                .findFirst()
                .flatMap(route -> route.provider().media());
    }

    private List<Route> routes(JobRow row) {
        try {
            return parts.catalog()
                    .find(row.job().model())
                    .map(model -> parts.router().plan(model, row.environment()))
                    .orElse(List.of());
        } catch (ProblemException none) {
            return List.of();
        }
    }
}
