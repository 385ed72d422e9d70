package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.FetchedInputs;
import dev.millrace.admission.Repeats;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.json.Json;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all routes that make a job have in common: who asks, the body, the repeat under an idempotency key, the webhook, and
 * the answer 202 (contract 1.2 and section 4).
 */
final class Acceptances {
    private static final int ACCEPTED = 202;

    private final Entrance entrance;
    private final Jobs jobs;
    private final Webhooks webhooks;
    private final Duration retention;

    Acceptances(Entrance entrance, Jobs jobs, Webhooks webhooks, Duration retention) {
        this.entrance = entrance;
        this.jobs = jobs;
        this.webhooks = webhooks;
        this.retention = retention;
    }

    /** An accepted job; its status is another than QUEUED for a repeat alone. */
    record AcceptedBody(String jobId, String status) {
        static AcceptedBody of(Job job) {
            String status = Statuses.of(job.state());
            // The contract knows no fifth status here; both say that nothing will come of it.
            return new AcceptedBody(job.id().text(), status.equals(Statuses.CANCELLED) ? Statuses.FAILED : status);
        }
    }

    /**
     * A request that may be accepted.
     *
     * @param files what it names, where that was looked at already: the job keeps it
     */
    record Taken(AdmittedMedia admitted, @Nullable FetchedInputs files) implements AutoCloseable {
        @Override
        public void close() {
            if (files != null) {
                files.close();
            }
        }
    }

    /** @param surface names the route, for its idempotency keys */
    Response answer(Request request, String surface, BiFunction<Principal, ObjectNode, Taken> admit) {
        Principal principal = entrance.unhurried(request);
        ObjectNode body = Json.parseObject(request.body());
        IdempotencyRequest repeat = repeat(request, principal, surface, body);
        Optional<Job> earlier = repeat == null ? Optional.empty() : jobs.replay(repeat);
        Job job = earlier.orElseGet(() -> {
            WebhookTarget webhook = webhooks.target(body, principal);
            Duration kept = jobs.ownRetention(principal.organization()).orElse(retention);
            JobOptions options = new JobOptions(Offer.DIALECT, request.baseUrl(), repeat, webhook, kept);
            try (Taken taken = admit.apply(principal, body)) {
                return jobs.accept(taken.admitted(), options.withInputs(taken.files()))
                        .job();
            }
        });
        Response response = Response.json(ACCEPTED, AcceptedBody.of(job));
        return earlier.isPresent() ? response.header("Idempotency-Replayed", "true") : response;
    }

    private static @Nullable IdempotencyRequest repeat(
            Request request, Principal principal, String surface, ObjectNode body) {
        return request.header(IdempotencyKey.HEADER)
                .map(key -> new IdempotencyRequest(Repeats.key(principal, surface, key), Fingerprint.of(body)))
                .orElse(null);
    }
}
