package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a submitted request (contract 1.1); both URLs are absolute, clients follow them as they stand.
 *
 * @param expires_after the retention in seconds; stated when the request asked for one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SubmittedBody(
        String status,
        String request_id,
        String status_url,
        String cancel_url,
        @Nullable Long expires_after) {

    static SubmittedBody of(Job job, String base, boolean retentionAsked) {
        String self = base + "/requests/" + job.id().text();
        return new SubmittedBody(
                StatusBody.wire(job.state()),
                job.id().text(),
                self + "/status",
                self + "/cancel",
                retentionAsked ? job.retention().toSeconds() : null);
    }
}
