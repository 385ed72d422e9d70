package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobFilter;
import dev.millrace.jobs.JobPage;
import dev.millrace.jobs.Jobs;
import dev.millrace.money.CreditRate;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v2/jobs} and {@code GET /v2/jobs/{id}} (contract 1.3 and 1.4). */
final class JobRoutes {
    private static final int MODELS_OF_LATEST = 1_000;

    private final Entrance entrance;
    private final Jobs jobs;
    private final JobQueries queries;
    private final Results results;
    private final CreditRate rate;

    JobRoutes(Entrance entrance, Jobs jobs, JobQueries queries, Results results, CreditRate rate) {
        this.entrance = entrance;
        this.jobs = jobs;
        this.queries = queries;
        this.results = results;
        this.rate = rate;
    }

    Response get(Request request) {
        Principal principal = entrance.counted(request);
        JobId id = JobId.parse(request.pathParam("id"))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_REQUEST, "The id of a job is a UUID; send the jobId of the answer."));
        Job job = jobs.find(principal.organization(), id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Job not found"));
        JobBody body = JobBody.of(job, results, request.baseUrl(), rate);
        return Response.json(200, new JobBody.SingleBody(body, null));
    }

    Response list(Request request) {
        Principal principal = entrance.counted(request);
        JobQuery query = queries.read(request);
        JobPage page = query.search() == null
                ? jobs.list(principal.organization(), query.filter(), query.cursor(), query.limit())
                : one(principal, query.search(), query.filter());
        List<JobBody> shown = page.jobs().stream()
                .map(job -> JobBody.of(job, results, request.baseUrl(), rate))
                .toList();
        return Response.json(200, new JobListBody(shown, page.next(), page.next() != null, models(principal, query)));
    }

    private JobPage one(Principal principal, JobId id, JobFilter filter) {
        Optional<Job> found = jobs.find(principal.organization(), id).filter(filter::shows);
        return new JobPage(found.stream().toList(), null);
    }

    private @Nullable List<String> models(Principal principal, JobQuery query) {
        return query.withModels()
                ? jobs.models(principal.organization(), MODELS_OF_LATEST).stream()
                        .map(ModelNames::shown)
                        .distinct()
                        .sorted()
                        .toList()
                : null;
    }
}
