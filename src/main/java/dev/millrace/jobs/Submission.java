package dev.millrace.jobs;

import dev.millrace.jobs.Outcome.Fetched;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.UpstreamException;
import dev.millrace.usage.UnitsSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One submission of a job to one upstream, from before it is sent until its outputs lie on the disk. */
final class Submission {
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration AGAIN_BUSY = Duration.ofSeconds(2);
    private static final Duration AGAIN_MAX = Duration.ofSeconds(60);

    private final JobParts parts;
    private final RunState state;
    private final Upstream upstream;
    private final Follow follow;
    private final OutputFetch fetch;
    private final LateId late;
    private final Units planned;

    Submission(
            JobParts parts,
            RunState state,
            Upstream upstream,
            Follow follow,
            OutputFetch fetch,
            LateId late,
            Units planned) {
        this.parts = parts;
        this.state = state;
        this.upstream = upstream;
        this.follow = follow;
        this.fetch = fetch;
        this.late = late;
        this.planned = planned;
    }

    Verdict run() throws InterruptedException, RunPause.Over {
        String upstreamId = state.course().upstreamId();
        if (upstreamId != null) {
            return follow(upstreamId);
        }
        try {
            return upstream.submitIsIdempotent() ? submitRepeatable() : submitOnce();
        } catch (UpstreamException e) {
            return refused(e);
        }
    }

    /** The same submission may be sent again after a crash, so nothing has to be durable before it. */
    private Verdict submitRepeatable() throws InterruptedException, RunPause.Over {
        state.markSoon();
        String upstreamId = upstream.submit();
        parts.signals().at(Checkpoint.SUBMITTED);
        MediaProgress first;
        try {
            first = upstream.poll(upstreamId);
        } catch (UpstreamException unanswered) {
            return stored(upstreamId);
        }
        return switch (first) {
            case MediaProgress.Finished(List<MediaOutput> none, Units used)
            when none.isEmpty() -> finished(upstreamId, none, used);
            case MediaProgress.Finished finished -> stored(upstreamId);
            case MediaProgress.Running running -> stored(upstreamId);
            case MediaProgress.Rejected rejected -> ended(upstreamId, rejected);
            case MediaProgress.Failed failed -> ended(upstreamId, failed);
        };
    }

    private Verdict stored(String upstreamId) throws InterruptedException, RunPause.Over {
        try {
            state.mark(state.course().submitted(upstreamId));
        } catch (RunPause.Over over) {
            upstream.cancel(upstreamId); // canceled before anybody knew that id
            throw over;
        }
        parts.signals().at(Checkpoint.SUBMIT_STORED);
        return follow(upstreamId);
    }

    /** Durable before it is sent that it may have been, and never sent again. */
    private Verdict submitOnce() throws InterruptedException, RunPause.Over {
        if (state.course().intent()) {
            return lateOrUnknown();
        }
        state.mark(state.course().intended());
        parts.signals().at(Checkpoint.SUBMIT_INTENT);
        String upstreamId = upstream.submit();
        parts.signals().at(Checkpoint.SUBMITTED);
        return stored(upstreamId);
    }

    /** It may have been submitted: it goes on under the id that the upstream has for it, or can not be known. */
    private Verdict lateOrUnknown() throws InterruptedException, RunPause.Over {
        Optional<String> found = late.find(upstream);
        return found.isPresent() ? stored(found.get()) : new Verdict.Final(unknown());
    }

    private Verdict follow(String upstreamId) throws InterruptedException, RunPause.Over {
        try {
            return ended(upstreamId, follow.untilEnd(upstream, upstreamId));
        } catch (UpstreamException gaveUp) {
            // It may run there still, so it goes nowhere else.
            return new Verdict.Final(new Outcome.Failed(gaveUp.code(), gaveUp.detail(), !upstream.cancel(upstreamId)));
        }
    }

    private Verdict ended(String upstreamId, MediaProgress end) throws InterruptedException, RunPause.Over {
        return switch (end) {
            case MediaProgress.Finished(List<MediaOutput> outputs, Units used) -> finished(upstreamId, outputs, used);
            case MediaProgress.Rejected(String reason) -> new Verdict.Final(new Outcome.Rejected(reason));
            case MediaProgress.Failed(ProblemCode code, String detail) -> {
                var failed = new Outcome.Failed(code, detail, false);
                yield anotherMayWork(code) ? new Verdict.TryNext(failed, AGAIN) : new Verdict.Final(failed);
            }
            case MediaProgress.Running running -> throw new IllegalStateException("bug: a running job is no end");
        };
    }

    private Verdict finished(String upstreamId, List<MediaOutput> outputs, @Nullable Units used)
            throws InterruptedException, RunPause.Over {
        if (outputs.isEmpty() && used == null) {
            return new Verdict.Final(
                    new Outcome.Failed(ProblemCode.UPSTREAM_ERROR, "The upstream finished without an output.", true));
        }
        try {
            List<Fetched> fetched = fetch.fetch(upstream, upstreamId, outputs);
            return new Verdict.Final(
                    used == null
                            ? new Outcome.Completed(fetched, delivered(outputs.size()), UnitsSource.PLANNED)
                            : new Outcome.Completed(fetched, used, UnitsSource.UPSTREAM));
        } catch (UpstreamException lost) {
            return new Verdict.Final(new Outcome.Failed(lost.code(), lost.detail(), true));
        }
    }

    /** What was planned, and no more of what is counted in pieces than came. */
    private Units delivered(int outputs) {
        Units units = planned;
        for (Unit unit : List.of(Unit.IMAGE, Unit.TRACK)) {
            units = units.with(unit, Math.min(units.get(unit), outputs));
        }
        return units;
    }

    private Verdict refused(UpstreamException e) throws InterruptedException, RunPause.Over {
        if (e.code() == ProblemCode.CONTENT_REJECTED) {
            return new Verdict.Final(new Outcome.Rejected("input_moderation"));
        }
        boolean repeatable = upstream.submitIsIdempotent();
        if (!repeatable && mayHaveArrived(e.code())) {
            return lateOrUnknown();
        }
        var failed = new Outcome.Failed(e.code(), e.detail(), repeatable && mayHaveArrived(e.code()));
        return e.anotherMayWork() ? new Verdict.TryNext(failed, again(e)) : new Verdict.Final(failed);
    }

    /** When an upstream that failed or had no room may take it. */
    private static Duration again(UpstreamException e) {
        Duration told = e.retryAfter();
        if (told != null) {
            return told.compareTo(AGAIN_MAX) < 0 ? told : AGAIN_MAX;
        }
        boolean busy = e.code() == ProblemCode.NO_CAPACITY
                || e.code() == ProblemCode.RATE_LIMITED
                || e.code() == ProblemCode.UNAVAILABLE;
        return busy ? AGAIN_BUSY : AGAIN;
    }

    /** Whether a submission that failed so may have reached the upstream. */
    private static boolean mayHaveArrived(ProblemCode code) {
        return code == ProblemCode.UPSTREAM_TIMEOUT
                || code == ProblemCode.UPSTREAM_UNKNOWN
                || code == ProblemCode.INTERNAL;
    }

    /** Whether a job that failed so may succeed elsewhere. */
    private static boolean anotherMayWork(ProblemCode code) {
        return code == ProblemCode.UPSTREAM_ERROR
                || code == ProblemCode.UPSTREAM_TIMEOUT
                || code == ProblemCode.NO_CAPACITY
                || code == ProblemCode.RATE_LIMITED
                || code == ProblemCode.UNAVAILABLE;
    }

    private static Outcome.Failed unknown() {
        return new Outcome.Failed(
                ProblemCode.UPSTREAM_UNKNOWN,
                "The connection broke while the job was handed to its upstream; whether it was taken can not be known.",
                true);
    }
}
