package dev.millrace.api.openai;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.admission.Repeats;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns requests into durable jobs, and waits for those that are answered at once. */
final class Orders {
    private final Catalog catalog;
    private final Admission admission;
    private final InputUrls urls;
    private final Jobs jobs;
    private final Duration wait;

    Orders(Catalog catalog, Admission admission, InputUrls urls, Jobs jobs, Duration wait) {
        this.catalog = catalog;
        this.admission = admission;
        this.urls = urls;
        this.jobs = jobs;
        this.wait = wait;
    }

    /**
     * What a request wants to have made.
     *
     * @param surface the route, under which an idempotency key is unique
     */
    record Order(Principal principal, String surface, Modality modality, String model, Form form, Wishes wishes) {}

    /** Accepts the job, and its files with it; nothing is created when this throws. */
    Accepted accept(Request request, Order order, HandedIn files) {
        return accept(request, order, files, null);
    }

    /** The same, with rows of its own in the commit that takes the job. */
    Accepted accept(Request request, Order order, HandedIn files, @Nullable JobCompanion beside) {
        IdempotencyRequest repeat = idempotency(request, order, files);
        if (repeat != null) {
            Optional<Job> earlier = jobs.replay(repeat);
            if (earlier.isPresent()) {
                return new Accepted(earlier.get(), true);
            }
        }
        Principal principal = order.principal();
        ObjectNode parameters = parameters(order);
        AdmittedMedia admitted = admission.admit(new Ask(
                principal, OpenAiApi.DIALECT, order.model(), order.modality(), parameters, UnknownFields.REJECT, null));
        files.record();
        urls.check(admitted);
        JobOptions options = new JobOptions(OpenAiApi.DIALECT, request.baseUrl(), repeat, null, null);
        Accepted accepted = jobs.accept(admitted, options.withBeside(beside));
        if (!accepted.replayed()) {
            files.taken();
        }
        return accepted;
    }

    /** A model that is not there, or makes something else, is refused by admission, with suggestions. */
    private ObjectNode parameters(Order order) {
        Optional<Model> model = catalog.find(order.model()).filter(one -> one.modality() == order.modality());
        return model.isPresent()
                ? order.wishes().parameters(model.get(), order.form().textsOnly())
                : Json.object();
    }

    private static @Nullable IdempotencyRequest idempotency(Request request, Order order, HandedIn files) {
        return request.header(IdempotencyKey.HEADER)
                .map(key -> {
                    ObjectNode whole = Json.object();
                    whole.set("fields", order.form().fields());
                    whole.set("files", Json.tree(files.digests()));
                    return new IdempotencyRequest(
                            Repeats.key(order.principal(), order.surface(), key), Fingerprint.of(whole));
                })
                .orElse(null);
    }

    /**
     * The job once it has completed.
     *
     * @throws dev.millrace.problem.ProblemException what ended it otherwise; {@code UPSTREAM_TIMEOUT} when it is not done in time:
     *     it goes on, and the problem names it
     */
    Job completed(Job job) throws InterruptedException {
        return checked(jobs.await(job.organization(), job.id(), wait));
    }

    /** The longest that a request waits. */
    Duration patience() {
        return wait;
    }

    /** A look at the job after at most so long. */
    Job after(Job job, Duration most) throws InterruptedException {
        return jobs.await(job.organization(), job.id(), most);
    }

    /** The job, when it has completed; throws as {@link #completed}. */
    Job checked(Job job) {
        if (job.state() == JobState.COMPLETED) {
            return job;
        }
        String id = job.id().text();
        if (!job.state().terminal()) {
            throw Problem.of(
                            ProblemCode.UPSTREAM_TIMEOUT,
                            "It is not done after " + wait.toSeconds() + " seconds and goes on: look for it with GET"
                                    + " /api/v1/jobs/" + id + ". Sending the request again would make another.")
                    .withFacts(Map.of(
                            "job_id", id, OpenAiErrors.JOB_STATUS, job.state().wire()))
                    .toException();
        }
        ProblemCode code = job.state() == JobState.NSFW
                ? ProblemCode.CONTENT_REJECTED
                : Objects.requireNonNullElse(job.problem(), ProblemCode.UPSTREAM_ERROR);
        String detail = job.state() == JobState.CANCELED ? "The job was canceled." : job.problemDetail();
        throw Problem.of(code, (detail == null ? code.title() + "." : detail) + " Nothing was charged.")
                .withFacts(Map.of("job_id", id))
                .toException();
    }
}
