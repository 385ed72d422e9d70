package dev.millrace.api.apiframe;

import dev.millrace.jobs.JobState;
import java.util.Optional;

/** The five words for a job's state (contract 1.3). */
final class Statuses {
    static final String FAILED = "FAILED";
    static final String CANCELLED = "CANCELLED";

    private Statuses() {}

    static String of(JobState state) {
        return switch (state) {
            case QUEUED -> "QUEUED";
            case RUNNING -> "PROCESSING";
            case COMPLETED -> "COMPLETED";
            case FAILED, NSFW -> FAILED;
            case CANCELED -> CANCELLED;
        };
    }

    /** The states that a word of a client means; empty when it is none of the five. */
    static Optional<java.util.Set<JobState>> read(String word) {
        return switch (word) {
            case "QUEUED" -> Optional.of(java.util.Set.of(JobState.QUEUED));
            case "PROCESSING" -> Optional.of(java.util.Set.of(JobState.RUNNING));
            case "COMPLETED" -> Optional.of(java.util.Set.of(JobState.COMPLETED));
            case FAILED -> Optional.of(java.util.Set.of(JobState.FAILED, JobState.NSFW));
            case CANCELLED -> Optional.of(java.util.Set.of(JobState.CANCELED));
            default -> Optional.empty();
        };
    }
}
