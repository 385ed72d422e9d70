package dev.millrace.jobs;

import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks an upstream how a job is getting on, at the pace that its model has shown, until it has ended or its time is over. An upstream
 * that calls back is asked seldom.
 */
final class Follow {
    private static final int UNANSWERED_MAX = 8;
    private static final Duration UNANSWERED_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final JobParts parts;
    private final Job job;
    private final RunState state;
    private final RunPause pause;
    private final Pace pace;
    private final ProgressNote note;
    private final CallInbox inbox;
    private final Instant deadline;

    Follow(
            JobParts parts,
            Job job,
            RunState state,
            RunPause pause,
            Pace pace,
            ProgressNote note,
            CallInbox inbox,
            Instant deadline) {
        this.parts = parts;
        this.job = job;
        this.state = state;
        this.pause = pause;
        this.pace = pace;
        this.note = note;
        this.inbox = inbox;
        this.deadline = deadline;
    }

    /**
     * How it ended; never {@link MediaProgress.Running}.
     *
     * @throws UpstreamException when the time is over, or the upstream no longer answers
     */
    MediaProgress untilEnd(Upstream upstream, String upstreamId) throws InterruptedException, RunPause.Over {
        int unanswered = 0;
        while (true) {
            Duration wait;
            try {
                Optional<MediaProgress> told = told(upstreamId);
                MediaProgress progress = told.isPresent() ? told.get() : upstream.poll(upstreamId);
                parts.signals().at(Checkpoint.POLLED);
                if (!(progress instanceof MediaProgress.Running running)) {
                    return progress;
                }
                unanswered = 0;
                note.report(running.percent());
                wait = running.askAgainIn() == null
                        ? pace.askAgainIn(
                                job.model(),
                                Duration.between(
                                        state.startedAt(), parts.clock().instant()))
                        : running.askAgainIn();
            } catch (UpstreamException e) {
                if (!e.anotherMayWork() || ++unanswered > UNANSWERED_MAX) {
                    throw e;
                }
                Duration told = e.retryAfter();
                wait = told == null ? UNANSWERED_PAUSE.multipliedBy(unanswered) : told;
            }
            Duration usual = parts.callbacks().settings().pollEvery();
            boolean seldom = upstream.callsBack() && wait.compareTo(usual) < 0;
            pause.untilCalled(withinDeadline(seldom ? usual : wait));
        }
    }

    /** What the upstream told of its own accord since the last look. */
    private Optional<MediaProgress> told(String upstreamId) {
        return inbox.take()
                .filter(word -> word.submission() == state.course().submission()
                        && word.upstreamId().equals(upstreamId))
                .map(CalledBack::progress);
    }

    private Duration withinDeadline(Duration wait) {
        Duration left = Duration.between(parts.clock().instant(), deadline);
        if (!left.isPositive()) {
            throw new UpstreamException(
                    ProblemCode.UPSTREAM_TIMEOUT, "The model did not finish within its time.", false, null);
        }
        Duration most = left.compareTo(LONGEST) < 0 ? left : LONGEST;
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait.compareTo(most) > 0 ? most : wait;
    }
}
