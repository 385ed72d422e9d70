package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as {@code GET /requests/{id}/status} shows it (contract 1.2): outputs once it is completed, an error text once
 * it has failed, the end of its retention once it is terminal.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusBody(
        String status,
        String request_id,
        String status_url,
        String cancel_url,
        @Nullable String error,
        @Nullable String expires_at,
        @JsonUnwrapped OutputsBody outputs) {

    static StatusBody of(Job job, AssetLinks links, String base) {
        String self = base + "/requests/" + job.id().text();
        return new StatusBody(
                wire(job.state()),
                job.id().text(),
                self + "/status",
                self + "/cancel",
                error(job),
                expiresAt(job),
                OutputsBody.of(job, links, base, false));
    }

    /** The exact words of the contract's state machine. */
    static String wire(JobState state) {
        return switch (state) {
            case QUEUED -> "queued";
            case RUNNING -> "in_progress";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case NSFW -> "nsfw";
            case CANCELED -> "canceled";
        };
    }

    /** What went wrong; null unless the request has failed. */
    static @Nullable String error(Job job) {
        return job.state() == JobState.FAILED
                ? Objects.requireNonNullElse(job.problemDetail(), "The generation failed.")
                : null;
    }

    static @Nullable String expiresAt(Job job) {
        Instant until = job.expiresAt();
        return until == null ? null : until.toString();
    }
}
