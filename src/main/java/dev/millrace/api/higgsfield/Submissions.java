package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.json.Json;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.webhooks.DeliveryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Submitting and estimating: the two routes whose path is a model (contract 1.1 and 1.5). */
final class Submissions {
    static final String DIALECT = "higgsfield";
    private static final String WEBHOOK = "hf_webhook";
    private static final int ID_LENGTH_MAX = 200;

    private final CredentialHeaders credentials;
    private final Admission admission;
    private final Jobs jobs;
    private final InputUrls urls;
    private final Egress egress;
    private final CreditRate rate;

    Submissions(
            CredentialHeaders credentials,
            Admission admission,
            Jobs jobs,
            InputUrls urls,
            Egress egress,
            CreditRate rate) {
        this.credentials = credentials;
        this.admission = admission;
        this.jobs = jobs;
        this.urls = urls;
        this.egress = egress;
        this.rate = rate;
    }

    /** {@code POST /{model}}. A repeat under its idempotency key is answered before anything can have changed. */
    Response submit(Request request) {
        Principal principal = credentials.principal(request);
        ObjectNode parameters = Json.parseObject(request.body());
        IdempotencyRequest repeat = idempotency(request, principal, parameters);
        boolean retentionAsked = request.header(RetentionHeader.NAME).isPresent();
        if (repeat != null) {
            Optional<Job> earlier = jobs.replay(repeat);
            if (earlier.isPresent()) {
                return submitted(request, earlier.get(), retentionAsked).header("Idempotency-Replayed", "true");
            }
        }
        AdmittedMedia admitted = admit(principal, request, parameters);
        Duration retention = RetentionHeader.read(
                request.header(RetentionHeader.NAME), admitted.model().retention());
        Accepted accepted =
                jobs.accept(admitted, new JobOptions(DIALECT, request.baseUrl(), repeat, webhook(request), retention));
        return submitted(request, accepted.job(), retentionAsked);
    }

    private static Response submitted(Request request, Job job, boolean retentionAsked) {
        return Response.json(200, SubmittedBody.of(job, request.baseUrl().toString(), retentionAsked));
    }

    /** {@code POST /estimate/{model}}: the same checks, no effect. */
    Response estimate(Request request) {
        Principal principal = credentials.principal(request);
        AdmittedMedia admitted = admit(principal, request, Json.parseObject(request.body()));
        return Response.json(200, EstimateBody.of(admitted.quote().max(), rate));
    }

    private AdmittedMedia admit(Principal principal, Request request, ObjectNode parameters) {
        AdmittedMedia admitted = admission.admit(
                new Ask(principal, DIALECT, modelId(request), null, parameters, UnknownFields.IGNORE, null));
        urls.check(admitted);
        return admitted;
    }

    /** The model as the path names it; a slash at either end is the client's habit. */
    private static String modelId(Request request) {
        String path = request.pathParam("model");
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.length() > ID_LENGTH_MAX ? trimmed.substring(0, ID_LENGTH_MAX) : trimmed;
    }

    private @Nullable WebhookTarget webhook(Request request) {
        Optional<String> url = request.query(WEBHOOK).filter(text -> !text.isEmpty());
        if (url.isEmpty()) {
            return null;
        }
        egress.check(WEBHOOK, url.get());
        return WebhookTarget.ofEnd(url.get(), DeliveryPolicy.HIGGSFIELD, null);
    }

    /** A repeat is one when key, endpoint, body and retention are the same. */
    private static @Nullable IdempotencyRequest idempotency(
            Request request, Principal principal, ObjectNode parameters) {
        Optional<String> key = request.header(IdempotencyKey.HEADER);
        if (key.isEmpty()) {
            return null;
        }
        ObjectNode whole = Json.object();
        whole.put("model", modelId(request));
        whole.put("retention", request.header(RetentionHeader.NAME).orElse(""));
        whole.set("parameters", parameters);
        return new IdempotencyRequest(
                new IdempotencyKey(principal.organization(), "higgsfield submit", key.get()), Fingerprint.of(whole));
    }
}
