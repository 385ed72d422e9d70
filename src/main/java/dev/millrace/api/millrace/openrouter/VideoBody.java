package dev.millrace.api.millrace.openrouter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A video job in OpenRouter's shape (contract B9); what does not apply yet is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VideoBody(
        String id,
        String polling_url,
        String status,
        String model,
        @Nullable String generation_id,
        @Nullable List<String> unsigned_urls,
        @Nullable UsageBody usage,
        @Nullable String error) {
    /** What it cost, in dollars. */
    record UsageBody(BigDecimal cost, boolean is_byok) {}

    /** @param base what links begin with */
    static VideoBody of(Job job, AssetLinks links, String base, Instant now) {
        Money charge = job.charge();
        return new VideoBody(
                job.id().text(),
                base + "/api/v1/videos/" + job.id().text(),
                status(job, now),
                job.model(),
                job.state().terminal() ? job.id().text() : null,
                urls(job, links, base, now),
                charge == null ? null : new UsageBody(charge.toDecimal(), false),
                error(job));
    }

    private static String status(Job job, Instant now) {
        return switch (job.state()) {
            case QUEUED -> "pending";
            case RUNNING -> "in_progress";
            case COMPLETED -> job.expired(now) ? "expired" : "completed";
            case FAILED, NSFW -> "failed";
            case CANCELED -> "cancelled";
        };
    }

    private static @Nullable List<String> urls(Job job, AssetLinks links, String base, Instant now) {
        Instant until = job.expiresAt();
        if (until == null || job.gone(now)) {
            return null;
        }
        List<String> urls = job.outputs().stream()
                .filter(output -> !output.gone())
                .map((JobOutput output) -> base + links.sign(output.asset(), output.fileName(), until))
                .toList();
        return urls.isEmpty() ? null : urls;
    }

    private static @Nullable String error(Job job) {
        ProblemCode code = job.problem();
        String detail = job.problemDetail();
        return detail != null ? detail : code == null ? null : code.title() + ".";
    }
}
