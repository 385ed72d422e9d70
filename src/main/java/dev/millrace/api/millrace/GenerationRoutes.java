package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.assets.AssetLinks;
import dev.millrace.catalog.Catalog;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/v1/generations}: one route for everything. Language answers at once or streams, an image answers at once
 * or as a job, video and music always as a job.
 */
final class GenerationRoutes {
    private static final String SURFACE = "POST /api/v1/generations";
    private static final Duration IMAGE_WAIT = Duration.ofSeconds(55);
    private static final Set<String> FIELDS =
            Set.of("model", "type", "prompt", "messages", "settings", "models", "stream", "async", "quote_id");
    private static final Set<String> VIDEO_FIELDS = Set.of("model", "settings", "type", "quote_id");

    private final Access access;
    private final Catalog catalog;
    private final LanguageGenerations language;
    private final MediaRequest media;
    private final Jobs jobs;
    private final AssetLinks links;

    GenerationRoutes(
            Access access,
            Catalog catalog,
            LanguageGenerations language,
            MediaRequest media,
            Jobs jobs,
            AssetLinks links) {
        this.access = access;
        this.catalog = catalog;
        this.language = language;
        this.media = media;
        this.jobs = jobs;
        this.links = links;
    }

    Response generate(Request request) throws InterruptedException {
        Principal principal = access.authenticate(request.headers("Authorization"));
        Fields body = Fields.of(request.body()).only(FIELDS, "; what a model takes goes into settings");
        String type = body.textOrNull("type");
        Modality expected = type == null ? null : ModelsRoutes.modality("type", type);
        Modality actual =
                catalog.find(body.text("model")).map(model -> model.modality()).orElse(expected);
        if (actual == Modality.LANGUAGE && (expected == null || expected == Modality.LANGUAGE)) {
            return language.generate(request, principal, body);
        }
        refuseLanguageFields(body);
        ObjectNode parameters = body.objectOrEmpty("settings");
        if (body.has("prompt")) {
            parameters.put("prompt", body.text("prompt"));
        }
        boolean async = body.flag("async");
        Accepted accepted = media.accept(request, SURFACE, principal, expected, body, parameters);
        boolean wait = accepted.job().modality() == Modality.IMAGE && !async;
        return wait ? waited(request, principal, accepted) : accepted(request, accepted);
    }

    /** {@code POST /api/v1/videos/generations}: the model's parameters stand beside {@code model}, or in {@code settings}. */
    Response video(Request request) {
        Principal principal = access.authenticate(request.headers("Authorization"));
        Fields body = Fields.of(request.body());
        String type = body.textOrNull("type");
        if (type != null && !type.equals(Modality.VIDEO.wire())) {
            throw Fields.wrong("type", "enum", "must be video here; POST /api/v1/generations makes everything.");
        }
        ObjectNode parameters = body.objectOrEmpty("settings");
        body.object().properties().forEach(field -> {
            if (!VIDEO_FIELDS.contains(field.getKey())) {
                parameters.set(field.getKey(), field.getValue());
            }
        });
        Accepted accepted =
                media.accept(request, "POST /api/v1/videos/generations", principal, Modality.VIDEO, body, parameters);
        return accepted(request, accepted);
    }

    private static void refuseLanguageFields(Fields body) {
        for (String name : new String[] {"messages", "models"}) {
            if (body.has(name)) {
                throw Fields.wrong(name, "additionalProperties", "is for language models; send prompt and settings.");
            }
        }
        if (body.flag("stream")) {
            throw Fields.wrong("stream", "value", "is for language models; watch a job's events instead.");
        }
    }

    private Response waited(Request request, Principal principal, Accepted accepted) throws InterruptedException {
        Job job = jobs.await(principal.organization(), accepted.job().id(), IMAGE_WAIT);
        if (!job.state().terminal()) {
            return accepted(request, new Accepted(job, accepted.replayed()));
        }
        if (job.state() == JobState.COMPLETED) {
            return replayed(Response.json(200, JobBody.of(job, links, JobRoutes.base(request))), accepted);
        }
        throw failure(job).toException();
    }

    private Response accepted(Request request, Accepted accepted) {
        JobBody body = JobBody.of(accepted.job(), links, JobRoutes.base(request));
        Response response = Response.json(202, body)
                .header("Location", "/api/v1/jobs/" + accepted.job().id());
        return replayed(response, accepted);
    }

    private static Response replayed(Response response, Accepted accepted) {
        return accepted.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    /** What a synchronous caller is told of a job that ended without a result; nothing was charged. */
    private static Problem failure(Job job) {
        ProblemCode code = job.state() == JobState.NSFW
                ? ProblemCode.CONTENT_REJECTED
                : Objects.requireNonNullElse(job.problem(), ProblemCode.UPSTREAM_ERROR);
        @Nullable String detail = job.problemDetail();
        return Problem.of(code, (detail == null ? code.title() + "." : detail) + " Nothing was charged.")
                .withFacts(Map.of("job_id", job.id().text()));
    }
}
