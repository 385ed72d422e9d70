package dev.millrace.jobs;

import dev.millrace.admission.FetchedInputs;
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
 * @param inputs files that were fetched already, for the job to keep; null when none were
 * @param beside keeps rows beside this job alone, in the commit that takes it; null for none
 */
public record JobOptions(
        String dialect,
        URI baseUrl,
        @Nullable IdempotencyRequest idempotency,
        @Nullable WebhookTarget webhook,
        @Nullable Duration retention,
        Priority priority,
        @Nullable FetchedInputs inputs,
        @Nullable JobCompanion beside) {
    /** The same with normal priority. */
    public JobOptions(
            String dialect,
            URI baseUrl,
            @Nullable IdempotencyRequest idempotency,
            @Nullable WebhookTarget webhook,
            @Nullable Duration retention) {
        this(dialect, baseUrl, idempotency, webhook, retention, Priority.NORMAL, null, null);
    }

    public static JobOptions of(String dialect, URI baseUrl) {
        return new JobOptions(dialect, baseUrl, null, null, null);
    }

    public JobOptions withPriority(Priority other) {
        return new JobOptions(dialect, baseUrl, idempotency, webhook, retention, other, inputs, beside);
    }

    /** With files that were fetched already: the job keeps them in place of fetching them again. */
    public JobOptions withInputs(@Nullable FetchedInputs files) {
        return new JobOptions(dialect, baseUrl, idempotency, webhook, retention, priority, files, beside);
    }

    /** With rows of its own in the commit that takes the job. */
    public JobOptions withBeside(@Nullable JobCompanion companion) {
        return new JobOptions(dialect, baseUrl, idempotency, webhook, retention, priority, inputs, companion);
    }
}
