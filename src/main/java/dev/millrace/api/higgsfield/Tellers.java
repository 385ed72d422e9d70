package dev.millrace.api.higgsfield;

import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.WebhookEvent;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.json.Json;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Tells webhooks of completed, failed and nsfw requests; of canceled ones the contract says nothing. */
final class Tellers {
    private static final String SECRET = "X-Webhook-Secret-Key";

    private final AssetLinks links;

    Tellers(AssetLinks links) {
        this.links = links;
    }

    Optional<WebhookMessage> tell(Job job, WebhookEvent event, URI base, WebhookTarget target) {
        return job.state() == JobState.CANCELED
                ? Optional.empty()
                : Optional.of(new WebhookMessage(Map.of(), Json.bytes(WebhookBody.of(job, links, base.toString()))));
    }

    /** The secret goes with it as the customer gave it: that is all that v1 has to tell its sender by. */
    Optional<WebhookMessage> tellV1(Job job, WebhookEvent event, URI base, WebhookTarget target) {
        if (job.state() == JobState.CANCELED) {
            return Optional.empty();
        }
        String secret = target.secret();
        JobSetBody set = JobSetBody.of(job, 1, Json.object(), links, base.toString());
        WebhookBody told = WebhookBody.of(job, links, base.toString());
        return Optional.of(new WebhookMessage(
                secret == null ? Map.of() : Map.of(SECRET, secret), Json.bytes(new JobSetWebhookBody(set, told))));
    }
}
