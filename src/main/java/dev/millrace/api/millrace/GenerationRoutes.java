package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/v1/generations}: one route for everything. Language answers at once, streams, or is a job, an image answers at once
 * or as a job, video and music always as a job. {@code POST /api/v1/videos/generations} is the same for videos alone.
 */
final class GenerationRoutes {
    /** What the body may hold beside the parameters of the model. */
    static final Form FORM = Form.object()
            .needs("model", "string", "The id or an alias of a model.")
            .takes("type", "string", "What it has to make, as language or image.")
            .takes("prompt", "string", "What to make, or what to answer.")
            .takes("messages", "object[]", "A conversation, for language.")
            .takes("settings", "object", "Parameters of the model; they may stand beside it too.")
            .takes("models", "string[]", "Up to four language models to fall back on.")
            .takes("stream", "boolean", "Language as it comes, as server-sent events.")
            .takes("tools", "object[]", "Functions that a language model may ask to be called.")
            .takes("parallel_tool_calls", "boolean", "Whether one answer may call several tools; usual.")
            .takes("response_format", "object", "What language answers with: text, json_object or json_schema.")
            .takes("async", "boolean", "An image, or language, as a job.")
            .takes("quote_id", "string", "A binding quote: it is never charged above that.")
            .takes("callback_url", "string", "Is sent the job once it has ended; for language with async.")
            .takes(
                    "retention_seconds",
                    "integer",
                    "How long to keep the outputs: 3600 to 7776000; for language with async.")
            .andOthers();

    /** The same for videos. */
    static final Form VIDEO_FORM = Form.object()
            .needs("model", "string", "The id or an alias of a video model.")
            .takes("type", "string", "video, or nothing.")
            .takes("settings", "object", "Parameters of the model; they may stand beside it too.")
            .takes("quote_id", "string", "A binding quote: it is never charged above that.")
            .takes("callback_url", "string", "Is sent the job once it has ended.")
            .takes("retention_seconds", "integer", "How long to keep the outputs: 3600 to 7776000.")
            .andOthers();

    private static final String SURFACE = "POST /api/v1/generations";
    private static final String VIDEO_SURFACE = "POST /api/v1/videos/generations";
    private static final long RETENTION_MIN = 3600;
    private static final long RETENTION_MAX = Duration.ofDays(90).toSeconds();
    private static final Duration IMAGE_WAIT = Duration.ofSeconds(55);
    /** What is told a language model beside its parameters may stand in {@code settings} too, as parameters do. */
    private static final Set<String> FIELDS = FORM.names().stream()
            .filter(name -> !ChatRequest.DIALOGUE.contains(name))
            .collect(Collectors.toUnmodifiableSet());

    private final Access access;
    private final Catalog catalog;
    private final LanguageGenerations language;
    private final MediaRequest media;
    private final Jobs jobs;
    private final JobForms forms;

    GenerationRoutes(
            Access access,
            Catalog catalog,
            LanguageGenerations language,
            MediaRequest media,
            Jobs jobs,
            JobForms forms) {
        this.access = access;
        this.catalog = catalog;
        this.language = language;
        this.media = media;
        this.jobs = jobs;
        this.forms = forms;
    }

    Response generate(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body());
        String type = body.textOrNull("type");
        Modality expected = type == null ? null : Fields.modality("type", type);
        Modality actual = catalog.find(body.text("model")).map(Model::modality).orElse(expected);
        if (actual == Modality.LANGUAGE && (expected == null || expected == Modality.LANGUAGE)) {
            return language(request, principal, body);
        }
        refuse(body, "is for language models; send prompt and settings.", "messages", "models");
        if (body.flag("stream")) {
            throw Fields.wrong("stream", "value", "is for language models; watch a job's events instead.");
        }
        ObjectNode parameters = Parameters.of(body, FIELDS);
        if (body.has("prompt")) {
            parameters.put("prompt", body.text("prompt"));
        }
        Delivery delivery = Delivery.taken(parameters, catalog.find(body.text("model")));
        boolean async = body.flag("async");
        Accepted accepted = media.accept(request, principal, wish(SURFACE, expected, body, parameters));
        boolean wait = accepted.job().modality() == Modality.IMAGE && !async;
        return wait ? waited(request, principal, accepted, delivery) : accepted(request, accepted);
    }

    private Response language(Request request, Principal principal, Fields body) {
        if (!body.flag("async")) {
            refuse(
                    body,
                    "is for jobs; language answers at once, and with async: true as a job.",
                    "callback_url",
                    "retention_seconds");
            return language.generate(request, principal, body, FIELDS);
        }
        refuse(body, "is for answers at once; a job has one model, and goes through all of its upstreams.", "models");
        if (body.flag("stream")) {
            throw Fields.wrong("stream", "value", "is for answers at once; watch the job's events instead.");
        }
        ObjectNode parameters = Parameters.of(body, FIELDS);
        return accepted(
                request, language.job(request, principal, body, wish(SURFACE, Modality.LANGUAGE, body, parameters)));
    }

    Response video(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body());
        String type = body.textOrNull("type");
        if (type != null && !type.equals(Modality.VIDEO.wire())) {
            throw Fields.wrong("type", "enum", "must be video here; POST /api/v1/generations makes everything.");
        }
        ObjectNode parameters = Parameters.of(body, VIDEO_FORM.names());
        return accepted(
                request, media.accept(request, principal, wish(VIDEO_SURFACE, Modality.VIDEO, body, parameters)));
    }

    private Wish wish(String surface, @Nullable Modality expected, Fields body, ObjectNode parameters) {
        return new Wish(
                MillraceApi.DIALECT,
                surface,
                body.text("model"),
                expected,
                parameters,
                List.of(),
                body.object(),
                MediaRequest.quote(body),
                media.callback(body),
                retention(body));
    }

    private static @Nullable Duration retention(Fields body) {
        OptionalLong seconds = body.number("retention_seconds", RETENTION_MIN);
        if (seconds.isPresent() && seconds.getAsLong() > RETENTION_MAX) {
            throw Fields.wrong(
                    "retention_seconds", "maximum", "must be at most " + RETENTION_MAX + ", which is 90 days.");
        }
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : null;
    }

    private static void refuse(Fields body, String why, String... names) {
        for (String name : names) {
            if (body.has(name)) {
                throw Fields.wrong(name, "additionalProperties", why);
            }
        }
    }

    private Response waited(Request request, Principal principal, Accepted accepted, Delivery delivery)
            throws InterruptedException {
        Job job = jobs.await(principal.organization(), accepted.job().id(), IMAGE_WAIT);
        if (!job.state().terminal()) {
            return accepted(request, new Accepted(job, accepted.replayed()));
        }
        if (job.state() == JobState.COMPLETED) {
            return replayed(Response.json(200, forms.delivered(job, request, delivery)), accepted);
        }
        throw failure(job).toException();
    }

    private Response accepted(Request request, Accepted accepted) {
        Response response = Response.json(202, forms.of(accepted.job(), request))
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
