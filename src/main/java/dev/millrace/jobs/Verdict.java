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
     * @param again when the same upstream may take it, where it took nothing this time; null when not
     */
    record TryNext(Outcome.Failed otherwise, @Nullable Duration again) implements Verdict {}
}
