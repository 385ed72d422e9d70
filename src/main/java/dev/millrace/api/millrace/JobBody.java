package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobEvent;
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
record JobBody(
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
        LinksBody links) {

    /** Why a job did not complete: a code to switch on, and a sentence. */
    record ErrorBody(String code, String detail) {}

    /** Where it can be looked at, canceled and watched. */
    record LinksBody(String self, String cancel, String events) {}

    static JobBody of(Job job, AssetLinks links, String base) {
        return of(JobEvent.of(job), links, base);
    }

    static JobBody of(JobEvent event, AssetLinks links, String base) {
        Job job = event.job();
        List<ObjectNode> outputs = outputs(job, links, base);
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
                outputs.isEmpty()
                        ? null
                        : outputs.stream()
                                .map(one -> one.get("url").stringValue())
                                .toList(),
                outputs.isEmpty() ? null : outputs,
                error(job),
                job.hold().toUsd(),
                usd(job.charge()),
                text(job.expiresAt()),
                text(job.deletedAt()),
                new LinksBody(self, self + "/cancel", self + "/events"));
    }

    private static List<ObjectNode> outputs(Job job, AssetLinks links, String base) {
        List<ObjectNode> bodies = new ArrayList<>();
        Instant until = job.expiresAt();
        if (until != null) {
            job.outputs().forEach(output -> {
                ObjectNode body = Json.object();
                body.put("url", base + links.sign(output.asset(), output.fileName(), until))
                        .put("content_type", output.contentType())
                        .put("bytes", output.bytes())
                        .put("sha256", output.sha256());
                output.facts().properties().forEach(fact -> body.set(fact.getKey(), fact.getValue()));
                bodies.add(body);
            });
        }
        return bodies;
    }

    private static @Nullable ErrorBody error(Job job) {
        ProblemCode code = job.problem();
        if (code == null) {
            return null;
        }
        String detail = job.problemDetail();
        return new ErrorBody(code.slug(), detail == null ? code.title() + "." : detail);
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
