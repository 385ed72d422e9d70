package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.jobs.CancelOutcome;
import dev.millrace.jobs.CancelRule;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobEvent;
import dev.millrace.jobs.JobFilter;
import dev.millrace.jobs.JobPage;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.JobWatch;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** What can be done with jobs of every modality and dialect: look, list, watch, cancel, delete. */
final class JobRoutes {
    private static final int DATE_LENGTH = 10;

    private final Access access;
    private final Jobs jobs;
    private final JobForms forms;
    private final EventTelling telling;

    JobRoutes(Access access, Jobs jobs, JobForms forms, EventTelling telling) {
        this.access = access;
        this.jobs = jobs;
        this.forms = forms;
        this.telling = telling;
    }

    Response one(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        try (JobWatch watch = jobs.watch(principal.organization(), id(request))) {
            JobEvent now = watch.next(Duration.ZERO).orElseThrow(JobRoutes::absent);
            return Response.json(200, forms.of(now, base(request)));
        }
    }

    /**
     * Query: {@code status} or {@code state}, {@code type} or {@code modality}, {@code model}, {@code since} (a date or a time),
     * {@code cursor}, {@code limit}; newest first.
     */
    Response list(Request request) {
        Principal principal = access.enter(request);
        Paging paging = Paging.of(request);
        Optional<String> type = either(request, "type", "modality");
        JobFilter filter = new JobFilter(
                either(request, "status", "state").map(JobRoutes::state).orElse(null),
                type.isEmpty() ? null : Fields.modality("type", type.get()),
                request.query("model").orElse(null));
        Optional<Instant> since = request.query("since").map(JobRoutes::moment);
        JobFilter narrowed = since.isPresent() ? filter.from(since.get()) : filter;
        JobPage page = jobs.list(principal.organization(), narrowed, paging.cursor(), paging.limit());
        return Response.json(
                200,
                PageBody.of(
                        page.jobs().stream().map(job -> forms.of(job, request)).toList(), page.next()));
    }

    /** 200 with the canceled job; 409 when it has ended. */
    Response cancel(Request request) {
        Principal principal = access.enter(request);
        return switch (jobs.cancel(principal.organization(), id(request), CancelRule.ANY)) {
            case CancelOutcome.Canceled(Job job) -> Response.json(200, forms.of(job, request));
            case CancelOutcome.NotFound notFound -> throw absent();
            case CancelOutcome.TooLate(Job job) ->
                throw new ProblemException(
                        ProblemCode.NOT_CANCELABLE,
                        "The job is " + job.state().wire() + " already; only a queued or running job can be canceled.");
        };
    }

    /** Erases a finished job's content; its billing stays. 200 with the job, also for a repeat; 409 before it has ended. */
    Response delete(Request request) {
        Principal principal = access.enter(request);
        Job job = jobs.delete(principal.organization(), id(request));
        return Response.json(200, forms.of(job, request));
    }

    /** Erases one output of a finished job. 200 with the job, also for a repeat; 404 when it has no such output. */
    Response deleteOutput(Request request) {
        Principal principal = access.enter(request);
        String index = request.pathParam("index");
        if (!index.matches("[0-9]{1,4}")) {
            throw absent();
        }
        Job job = jobs.deleteOutput(principal.organization(), id(request), Integer.parseInt(index));
        return Response.json(200, forms.of(job, request));
    }

    /** Events {@code state}, {@code progress} and {@code queue}, each with the whole job; {@code Last-Event-ID} goes on behind an earlier one. */
    Response events(Request request) {
        Principal principal = access.enter(request);
        JobId id = id(request);
        var unused = jobs.find(principal.organization(), id).orElseThrow(JobRoutes::absent);
        String base = base(request);
        String behind = request.header("Last-Event-ID").orElse(null);
        return Response.sse(out -> {
            try (JobWatch watch = jobs.watch(principal.organization(), id, behind)) {
                telling.tell(watch, out, event -> Json.text(forms.of(event, base)));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A filter that has two names. */
    private static Optional<String> either(Request request, String name, String other) {
        return request.query(name).or(() -> request.query(other));
    }

    private static Instant moment(String text) {
        try {
            OffsetDateTime moment = text.length() <= DATE_LENGTH
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text.replace(' ', '+'));
            if (moment.getYear() >= 2000 && moment.getYear() < 2200) {
                return moment.toInstant();
            }
        } catch (DateTimeException notOne) {
            // Told below, as a time that is out of range is.
        }
        throw Fields.wrong("since", "format", "must be a date or a time, as 2026-11-21 or 2026-11-21T08:00:00Z.");
    }

    private static JobState state(String wire) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Fields.wrong(
                        "status", "enum", "must be queued, running, completed, failed, nsfw or canceled."));
    }

    private static JobId id(Request request) {
        return JobId.parse(request.pathParam("id")).orElseThrow(JobRoutes::absent);
    }

    static String base(Request request) {
        return request.baseUrl().toString();
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such job.");
    }
}
