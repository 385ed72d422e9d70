package dev.millrace.jobs;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be taken, beside what it makes.
 *
 * @param dialect names the {@link WebhookTeller}, as {@code higgsfield}
 * @param baseUrl the externally visible base under which the request came in: links in its webhook start with it
 * @param idempotency null when the request named no key
 * @param webhook null when nobody is to be told
 * @param retention how long to keep the outputs; null for the model's own
 * @param priority among the organization's own jobs
 */
public record JobOptions(
        String dialect,
        URI baseUrl,
        @Nullable IdempotencyRequest idempotency,
        @Nullable WebhookTarget webhook,
        @Nullable Duration retention,
        Priority priority) {
    /** The same with normal priority. */
    public JobOptions(
            String dialect,
            URI baseUrl,
            @Nullable IdempotencyRequest idempotency,
            @Nullable WebhookTarget webhook,
            @Nullable Duration retention) {
        this(dialect, baseUrl, idempotency, webhook, retention, Priority.NORMAL);
    }

    public static JobOptions of(String dialect, URI baseUrl) {
        return new JobOptions(dialect, baseUrl, null, null, null, Priority.NORMAL);
    }

    public JobOptions withPriority(Priority other) {
        return new JobOptions(dialect, baseUrl, idempotency, webhook, retention, other);
    }
}
