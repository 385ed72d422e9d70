package dev.millrace.api.openai;

import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.SseStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Waits for pictures and shows them: in one answer, or as the events of a stream. */
final class ImageAnswers {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Orders orders;
    private final MadeFiles files;
    private final AssetLinks links;

    ImageAnswers(Orders orders, MadeFiles files, AssetLinks links) {
        this.orders = orders;
        this.files = files;
        this.links = links;
    }

    /**
     * How the pictures are to be shown.
     *
     * @param event what a stream's events are called
     * @param inline whether in the answer itself, not as links
     */
    record Wanted(String event, boolean inline, Form form) {}

    Response whole(Request request, Job job, Wanted wanted) throws InterruptedException {
        Job done = orders.completed(job);
        ObjectNode body = Json.object().put("created", done.createdAt().getEpochSecond());
        var data = body.putArray("data");
        for (JobOutput output : done.outputs()) {
            if (wanted.inline()) {
                data.addObject().put("b64_json", inline(output));
            } else {
                data.addObject().put("url", link(request, done, output));
            }
        }
        ObjectNode facts = facts(done, wanted.form());
        facts.properties().forEach(fact -> body.set(fact.getKey(), fact.getValue()));
        return Response.json(200, body);
    }

    /** One event for each picture, once all are there: no upstream here shows unfinished ones, and none are made up. */
    Response streamed(Job job, Wanted wanted) {
        ObjectNode asked = facts(job, wanted.form());
        return Response.sse(out -> {
            try {
                pictures(out, waited(out, job), wanted, asked);
            } catch (ProblemException failed) {
                out.event("error", null, Json.text(OpenAiErrors.body(failed.problem())));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Job waited(SseStream out, Job job) throws IOException, InterruptedException {
        long until = System.nanoTime() + orders.patience().toNanos();
        Job now = orders.after(job, KEEP_ALIVE);
        while (!now.state().terminal() && System.nanoTime() < until) {
            out.comment("waiting");
            now = orders.after(job, KEEP_ALIVE);
        }
        return orders.checked(now);
    }

    private void pictures(SseStream out, Job done, Wanted wanted, ObjectNode asked) throws IOException {
        String type = wanted.event() + ".completed";
        for (JobOutput output : done.outputs()) {
            ObjectNode event = Json.object()
                    .put("type", type)
                    .put("b64_json", inline(output))
                    .put("created_at", done.createdAt().getEpochSecond());
            asked.properties().forEach(fact -> event.set(fact.getKey(), fact.getValue()));
            shape(done, event);
            out.event(type, null, Json.text(event));
        }
    }

    private String inline(JobOutput output) {
        return Base64.getEncoder().encodeToString(files.read(output));
    }

    private String link(Request request, Job job, JobOutput output) {
        Instant until = java.util.Objects.requireNonNull(job.expiresAt());
        return request.baseUrl() + links.sign(output.asset(), output.fileName(), until);
    }

    /** What is said beside the pictures: what was asked for, and what they are. */
    private static ObjectNode facts(Job job, Form form) {
        ObjectNode facts = Json.object();
        known(facts, "background", form.textOrNull("background"), List.of("transparent", "opaque"));
        known(facts, "quality", form.textOrNull("quality"), List.of("low", "medium", "high"));
        shape(job, facts);
        return facts;
    }

    private static void known(ObjectNode facts, String name, @Nullable String value, List<String> shown) {
        if (value != null && shown.contains(value)) {
            facts.put(name, value);
        }
    }

    private static void shape(Job job, ObjectNode facts) {
        if (!job.outputs().isEmpty()) {
            JobOutput first = job.outputs().getFirst();
            if (first.contentType().startsWith("image/")) {
                facts.put("output_format", first.contentType().substring("image/".length()));
            }
            if (first.facts().has("width")) {
                facts.put(
                        "size",
                        first.facts().path("width").asInt() + "x"
                                + first.facts().path("height").asInt());
            }
        }
    }
}
