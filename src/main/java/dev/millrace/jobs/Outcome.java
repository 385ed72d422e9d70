package dev.millrace.jobs;

import dev.millrace.assets.StoredFile;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.usage.UnitsSource;
import java.util.List;

/** How a job ends. */
sealed interface Outcome {
    /** With these outputs, which are whole on the disk, for these units. */
    record Completed(List<Fetched> outputs, Units used, UnitsSource source) implements Outcome {}

    /** An output and the file that it lies in. */
    record Fetched(JobOutput output, StoredFile file) {}

    /**
     * Without a result, without a charge.
     *
     * @param exposed whether an upstream may bill for it all the same
     */
    record Failed(ProblemCode code, String detail, boolean exposed) implements Outcome {}

    /** By a verdict of moderation, without a charge. */
    record Rejected(String reason) implements Outcome {}

    /** By the customer's wish, without a charge. */
    record Canceled() implements Outcome {}
}
