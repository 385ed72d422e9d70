package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobEvent;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.Priority;
import dev.millrace.jobs.WebhookStatus;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A job on the wire; what does not apply yet is left out, and so is all content. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobBody(
        String id,
        String object,
        String type,
        String model,
        String status,
        int progress,
        String created_at,
        @Nullable String started_at,
        @Nullable String finished_at,
        @Nullable Long queue_position,
        @Nullable Long eta_seconds,
        @Nullable List<String> output_urls,
        @Nullable List<ObjectNode> outputs,
        @Nullable ErrorBody error,
        String hold_usd,
        @Nullable String charge_usd,
        @Nullable String expires_at,
        @Nullable String deleted_at,
        @Nullable Boolean expired,
        @Nullable String priority,
        @Nullable String webhook_status,
        LinksBody links) {

    /** Why a job did not complete: a code to switch on, and a sentence; for what was rejected the rule's code too. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErrorBody(String code, String detail, @Nullable String reason) {}

    /** Where it can be looked at, canceled and watched. */
    record LinksBody(String self, String cancel, String events) {}

    /** @param base what links begin with */
    public static JobBody of(Job job, AssetLinks links, String base, Instant now) {
        return of(JobEvent.of(job), links, base, now);
    }

    static JobBody of(JobEvent event, AssetLinks links, String base, Instant now) {
        Job job = event.job();
        List<ObjectNode> outputs = outputs(job, links, base, now);
        List<String> urls = outputs.stream()
                .filter(one -> one.has("url"))
                .map(one -> one.get("url").stringValue())
                .toList();
        WebhookStatus webhook = job.webhookStatus();
        String self = base + "/api/v1/jobs/" + job.id().text();
        return new JobBody(
                job.id().text(),
                "job",
                job.modality().wire(),
                job.model(),
                job.state().wire(),
                job.progress(),
                job.createdAt().toString(),
                text(job.startedAt()),
                text(job.finishedAt()),
                event.queuePosition(),
                seconds(event.eta()),
                urls.isEmpty() ? null : urls,
                outputs.isEmpty() ? null : outputs,
                error(job),
                job.hold().toUsd(),
                usd(job.charge()),
                text(job.expiresAt()),
                text(job.deletedAt()),
                job.expired(now) ? Boolean.TRUE : null,
                job.priority() == Priority.NORMAL ? null : job.priority().wire(),
                webhook == null ? null : webhook.wire(),
                new LinksBody(self, self + "/cancel", self + "/events"));
    }

    /** The same with other links to its outputs. */
    JobBody withUrls(List<String> urls) {
        return new JobBody(
                id,
                object,
                type,
                model,
                status,
                progress,
                created_at,
                started_at,
                finished_at,
                queue_position,
                eta_seconds,
                urls,
                outputs,
                error,
                hold_usd,
                charge_usd,
                expires_at,
                deleted_at,
                expired,
                priority,
                webhook_status,
                links);
    }

    /** What was made; what can not be had any more has no link, and is said to be gone. */
    private static List<ObjectNode> outputs(Job job, AssetLinks links, String base, Instant now) {
        List<ObjectNode> bodies = new ArrayList<>();
        Instant until = job.expiresAt();
        for (JobOutput output : job.outputs()) {
            ObjectNode body = Json.object();
            if (until == null || job.gone(now) || output.gone()) {
                body.put("gone", true);
            } else {
                body.put("url", base + links.sign(output.asset(), output.fileName(), until));
            }
            body.put("content_type", output.contentType())
                    .put("bytes", output.bytes())
                    .put("sha256", output.sha256());
            output.facts().properties().forEach(fact -> body.set(fact.getKey(), fact.getValue()));
            bodies.add(body);
        }
        return bodies;
    }

    private static @Nullable ErrorBody error(Job job) {
        ProblemCode code = job.problem();
        if (code == null) {
            return null;
        }
        String detail = job.problemDetail();
        return new ErrorBody(code.slug(), detail == null ? code.title() + "." : detail, job.reason());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable String usd(@Nullable Money money) {
        return money == null ? null : money.toUsd();
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : Math.max(1, duration.toSeconds());
    }
}
