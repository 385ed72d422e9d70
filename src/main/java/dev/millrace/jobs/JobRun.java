package dev.millrace.jobs;

import dev.millrace.admission.FetchedInputs;
import dev.millrace.admission.InputFiles;
import dev.millrace.catalog.Model;
import dev.millrace.id.AssetId;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.LeaseLostException;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaPlan;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import dev.millrace.usage.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One claim of one open job: brings it to its end, through as many upstreams as it takes and may. */
final class JobRun {
    /** What ends a job before it is submitted: no route, a file that can not be had or that there is no room for. */
    private static final Set<ProblemCode> ENDING =
            EnumSet.of(ProblemCode.NO_CAPACITY, ProblemCode.INVALID_PARAMETER, ProblemCode.UNAVAILABLE);

    private final JobParts parts;
    private final JobRow row;
    private final Job job;
    private final Sealed content;
    private final Claim claim;
    private final RunState state;
    private final RunPause pause;
    private final CallInbox inbox;
    private final LeaseGuard guard;
    private final Pace pace;
    private final Watching watching;
    private final Ending ending;
    private final ProgressNote note;
    private @Nullable Upstream upstream;
    private List<MediaInput> inputs = List.of();

    JobRun(
            JobRunner.Around around,
            Claim claim,
            LeaseGuard guard,
            JobRow row,
            Sealed content,
            RunPause pause,
            CallInbox inbox) {
        this.parts = around.parts();
        this.row = row;
        this.job = row.job();
        this.content = content;
        this.claim = claim;
        this.state = new RunState(around, claim, row, content);
        this.pause = pause;
        this.inbox = inbox;
        this.guard = guard;
        this.pace = around.pace();
        this.watching = around.watching();
        this.note = new ProgressNote(job, state, watching);
        this.ending = around.ending();
    }

    void run() throws InterruptedException {
        try {
            end(outcome());
        } catch (RunPause.Over over) {
            if (over.canceled()) {
                stopUpstream();
                state.drop();
            } else {
                state.leave();
            }
        } finally {
            watching.left(job.id());
        }
    }

    private void end(Outcome outcome) {
        try {
            Optional<Job> ended = state.end(ending, outcome, note.percent());
            if (ended.isEmpty()) {
                discard(outcome);
                stopUpstream();
            }
        } catch (LeaseLostException e) {
            discard(outcome);
            throw e;
        }
    }

    private void discard(Outcome outcome) {
        if (outcome instanceof Outcome.Completed done) {
            done.outputs().forEach(fetched -> parts.assets().discard(fetched.file()));
        }
    }

    /** The job has ended without its upstream: that need not go on. */
    private void stopUpstream() {
        String upstreamId = state.course().upstreamId();
        if (upstream != null && upstreamId != null) {
            upstream.cancel(upstreamId);
        }
    }

    private Outcome outcome() throws InterruptedException, RunPause.Over {
        if (claim.attempt() > parts.settings().maxClaims()) {
            return new Outcome.Failed(
                    ProblemCode.INTERNAL,
                    "The job brought its worker down too often.",
                    row.course().intent());
        }
        if (claim.attempt() == 1
                && state.startedAt()
                        .isAfter(job.createdAt().plus(parts.settings().queueTimeout()))) {
            return new Outcome.Failed(ProblemCode.NO_CAPACITY, "No worker had room for the job in time.", false);
        }
        Optional<Model> model = parts.catalog().find(job.model());
        if (model.isEmpty()) {
            return new Outcome.Failed(
                    ProblemCode.MODEL_DISABLED,
                    "The model is not offered any more.",
                    row.course().intent());
        }
        try (FetchedInputs files = files(model.get())) {
            inputs = files.inputs();
            return submissions(model.get(), new RoutesLeft(parts.router().plan(model.get(), row.environment())));
        } catch (ProblemException e) {
            if (!ENDING.contains(e.problem().code())) {
                throw e;
            }
            boolean stopped = new Upstreams(parts).cancel(row);
            return new Outcome.Failed(
                    e.problem().code(), e.problem().detail(), row.course().intent() && !stopped);
        }
    }

    /**
     * The files that the job names: as they were kept, else fetched and kept. Where neither is possible the job fails, also when
     * an upstream has it already: nobody can say what that would make without them.
     */
    private FetchedInputs files(Model model) throws InterruptedException, RunPause.Over {
        InputFiles intake = parts.intake().files();
        boolean any = intake.any(model, content.parameters());
        if (any) {
            state.markSoon();
        }
        Map<String, AssetId> kept = any ? parts.database().read(tx -> KeptInputs.of(tx, job.id())) : Map.of();
        FetchedInputs files = intake.fetch(job.organization(), model, content.parameters(), kept);
        try {
            if (!files.fetched().isEmpty()) {
                state.keep(model, files);
            }
            return files;
        } catch (RuntimeException | RunPause.Over notKept) {
            files.close();
            throw notKept;
        }
    }

    private Outcome submissions(Model model, RoutesLeft routes) throws InterruptedException, RunPause.Over {
        Instant deadline = state.startedAt().plus(model.timeout());
        while (true) {
            Course course = state.course();
            Verdict verdict = submitted(model, routes, course, deadline);
            routes.tried(course);
            switch (verdict) {
                case Verdict.Final(Outcome outcome) -> {
                    return outcome instanceof Outcome.Failed && cancelAsked() ? new Outcome.Canceled() : outcome;
                }
                case Verdict.TryNext(Outcome.Failed otherwise, Duration again) -> {
                    if (cancelAsked()) {
                        return new Outcome.Canceled();
                    }
                    if (course.submission() >= parts.settings().maxSubmissions()
                            || !moved(state.course(), routes, otherwise, again, deadline)) {
                        return otherwise;
                    }
                }
            }
        }
    }

    private Verdict submitted(Model model, RoutesLeft routes, Course course, Instant deadline)
            throws InterruptedException, RunPause.Over {
        if (content.text() != null) {
            Optional<TextProvider> adapter = routes.text(course);
            return adapter.isPresent()
                    ? new TextSubmission(parts, job, state, pause, note, content, deadline).run(adapter.get())
                    : unrouted(course);
        }
        Optional<MediaProvider> adapter = routes.adapter(course);
        return adapter.isPresent() ? submission(model, adapter.get(), deadline).run() : unrouted(course);
    }

    /** Whether it failed because its customer had the upstream stop. */
    private boolean cancelAsked() {
        return parts.database().<Boolean>read(tx -> JobReadStore.cancelAsked(tx, job.id()));
    }

    /** Goes on to the next upstream, or after a pause to the same one; false when neither may work. */
    private boolean moved(
            Course course, RoutesLeft routes, Outcome.Failed why, @Nullable Duration again, Instant deadline)
            throws InterruptedException, RunPause.Over {
        Attempt failed = course.failed(why.code(), parts.clock().instant());
        Optional<Course> next = routes.after(course);
        if (next.isEmpty()
                && again != null
                && parts.clock().instant().plus(again).isBefore(deadline)) {
            pause.await(again);
            next = Optional.of(course.next(course.provider(), course.upstreamModel()));
        }
        if (next.isPresent()) {
            state.mark(next.get(), List.of(failed));
        }
        return next.isPresent();
    }

    private Submission submission(Model model, MediaProvider adapter, Instant deadline) {
        Course course = state.course();
        MediaCallbacks callbacks = parts.router()
                .provider(course.provider())
                .flatMap(Provider::callbacks)
                .orElse(null);
        MediaCall call = new MediaCall(
                job.id(),
                course.submission(),
                course.upstreamModel(),
                job.modality(),
                // A copy: what is charged depends on the parameters, whatever an adapter does to its own.
                content.parameters().deepCopy(),
                inputs,
                new MediaPlan(model.outputs(content.parameters()), model.exactlyPlanned(content.parameters())),
                callbacks == null
                        ? null
                        : parts.callbacks().links().of(course.provider(), job.id(), course.submission()));
        upstream = new Upstream(adapter, call, callbacks);
        Follow follow = new Follow(parts, job, state, pause, pace, note, inbox, deadline);
        return new Submission(
                parts,
                state,
                upstream,
                follow,
                new OutputFetch(parts, guard, pause, deadline),
                new LateId(state, pause, inbox, parts.callbacks().settings().grace()),
                content.planned());
    }

    /** The upstream of the course is not configured any more. */
    private static Verdict unrouted(Course course) {
        var gone = new Outcome.Failed(
                ProblemCode.NO_CAPACITY, "The upstream that had the job is not configured any more.", course.intent());
        return course.intent() ? new Verdict.Final(gone) : new Verdict.TryNext(gone, null);
    }
}
