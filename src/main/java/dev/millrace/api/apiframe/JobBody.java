package dev.millrace.api.apiframe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.WebhookStatus;
import dev.millrace.money.CreditRate;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A job as a list shows it (contract 1.3). */
record JobBody(
        String id,
        String status,
        String model,
        int progress,
        @Nullable ResultBody result,
        @Nullable String error,
        @Nullable Long creditCost,
        @Nullable String webhookStatus,
        String createdAt,
        @Nullable String completedAt,
        boolean expired) {

    /**
     * A job that was asked for by its id.
     *
     * @param input always null: what a request said is not kept
     */
    record SingleBody(@JsonUnwrapped JobBody job, @Nullable ObjectNode input) {}

    static JobBody of(Job job, Results results, URI base, CreditRate rate) {
        WebhookStatus webhook = job.webhookStatus();
        return new JobBody(
                job.id().text(),
                Statuses.of(job.state()),
                ModelNames.shown(job.model()),
                progress(job),
                results.of(job, base),
                reason(job),
                cost(job, rate),
                webhook == null ? null : webhook.wire(),
                WireTime.of(job.createdAt()),
                WireTime.orNull(job.finishedAt()),
                results.expired(job));
    }

    /** 0 while it waits and once it has failed, 100 when it is complete. */
    private static int progress(Job job) {
        return switch (job.state()) {
            case RUNNING -> job.progress();
            case COMPLETED -> 100;
            case QUEUED, FAILED, NSFW, CANCELED -> 0;
        };
    }

    /** The credits that it takes: what is held while it is open, what was charged afterwards. */
    static Long cost(Job job, CreditRate rate) {
        Money charge = job.charge();
        return rate.creditsUp(charge == null ? job.hold() : charge);
    }

    /** What went wrong; null unless it has failed. */
    static @Nullable String reason(Job job) {
        return switch (job.state()) {
            case QUEUED, RUNNING, COMPLETED -> null;
            case CANCELED -> "The job was cancelled.";
            case NSFW ->
                "Rejected by the content policy: the input or the result did not pass moderation. The credits were"
                        + " refunded.";
            case FAILED ->
                job.problem() == ProblemCode.INTERNAL
                        ? "The generation failed."
                        : Objects.requireNonNullElse(job.problemDetail(), "The generation failed.");
        };
    }
}
