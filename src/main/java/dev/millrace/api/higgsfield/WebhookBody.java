package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hf_webhook} is sent once a request is terminal (contract section 3). It is the superset of both documented
 * shapes: the envelope with {@code payload}, and the flat keys of a status answer.
 */
record WebhookBody(
        String request_id,
        String status,
        @Nullable String error,
        @Nullable OutputsBody payload,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String expires_at,
        String status_url,
        String cancel_url,
        @JsonUnwrapped OutputsBody outputs) {

    static WebhookBody of(Job job, AssetLinks links, String base) {
        OutputsBody typed = OutputsBody.of(job, links, base, true);
        String self = base + "/requests/" + job.id().text();
        return new WebhookBody(
                job.id().text(),
                StatusBody.wire(job.state()),
                StatusBody.error(job),
                typed.isEmpty() ? null : typed,
                StatusBody.expiresAt(job),
                self + "/status",
                self + "/cancel",
                OutputsBody.of(job, links, base, false));
    }
}
