package dev.millrace.provider;

import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an upstream is getting on with a job. */
public sealed interface MediaProgress {
    /**
     * Not finished.
     *
     * @param percent from 0 to 99
     * @param askAgainIn when the adapter would look again; null leaves the pace to the caller
     */
    record Running(int percent, @Nullable Duration askAgainIn) implements MediaProgress {}

    /**
     * Finished.
     *
     * @param used what the upstream metered; null when it reports nothing, and the planned units are charged
     */
    record Finished(List<MediaOutput> outputs, @Nullable Units used) implements MediaProgress {}

    /**
     * The input or the output did not pass the upstream's moderation; never charged.
     *
     * @param reason a code, as {@code input_moderation}; never content
     */
    record Rejected(String reason) implements MediaProgress {}

    /**
     * Failed for good; never charged.
     *
     * @param detail may be shown to the customer: no upstream text passes unfiltered
     */
    record Failed(ProblemCode code, String detail) implements MediaProgress {}
}
