package dev.millrace.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one submission of a job came to. */
sealed interface Verdict {
    /** The job ends so. */
    record Final(Outcome outcome) implements Verdict {}

    /**
     * It failed in a way that another upstream may not; the job ends so when there is none.
     *
     * @param again when the same upstream may be tried again, if there is no other; null when it may not
     */
    record TryNext(Outcome.Failed otherwise, @Nullable Duration again) implements Verdict {}
}
