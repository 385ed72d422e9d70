package dev.millrace.jobs;

import dev.millrace.provider.MediaProgress;
import org.jspecify.annotations.Nullable;

/**
 * What a callback says to whoever runs its job.
 *
 * @param submission which one it is about; 0 when all that is known is that there was one
 * @param upstreamId the upstream's id of the job; empty when that is not known
 * @param progress what the upstream told and proved; null when it has to be asked
 */
record CalledBack(
        int submission, String upstreamId, @Nullable MediaProgress progress) {
    /** Some node had a callback. */
    static final CalledBack SOMETHING = new CalledBack(0, "", null);

    /** Which of two is worth more: an end before everything, then a reason to ask, then the larger progress. */
    static CalledBack better(CalledBack before, CalledBack now) {
        if (before.submission != now.submission && before.submission > 0 && now.submission > 0) {
            return before.submission > now.submission ? before : now;
        }
        return now.rank() >= before.rank() ? now : before;
    }

    private int rank() {
        return switch (progress) {
            case null -> 100;
            case MediaProgress.Running running -> Math.clamp(running.percent(), 0, 99);
            case MediaProgress.Finished finished -> 101;
            case MediaProgress.Rejected rejected -> 101;
            case MediaProgress.Failed failed -> 101;
        };
    }
}
