package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.admission.Repeats;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.json.Json;
import dev.millrace.personas.Personas;
import dev.millrace.server.Request;
import dev.millrace.webhooks.DeliveryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The one way from a request of this dialect to a job: its headers, its checks, its acceptance. */
final class Intake {
    private static final String WEBHOOK = "hf_webhook";

    private final Admission admission;
    private final Jobs jobs;
    private final InputUrls urls;
    private final Egress egress;
    private final Personas personas;

    Intake(Admission admission, Jobs jobs, InputUrls urls, Egress egress, Personas personas) {
        this.admission = admission;
        this.jobs = jobs;
        this.urls = urls;
        this.egress = egress;
        this.personas = personas;
    }

    /**
     * What is asked for.
     *
     * @param body all that must be the same in a repeat, beside the model and the retention
     * @param dialect under which the job runs and is told of
     */
    record Wish(
            Principal principal,
            String model,
            ObjectNode parameters,
            ObjectNode body,
            String dialect,
            @Nullable WebhookTarget webhook) {}

    /**
     * What became of it.
     *
     * @param retentionAsked whether the request itself said how long to keep the outputs
     */
    record Taken(Job job, boolean replayed, boolean retentionAsked) {}

    /** Takes it. A repeat under its idempotency key is answered before anything can have changed. */
    Taken take(Request request, Wish wish) {
        IdempotencyRequest repeat = idempotency(request, wish);
        boolean retentionAsked = request.header(RetentionHeader.NAME).isPresent();
        Optional<Job> earlier = repeat == null ? Optional.empty() : jobs.replay(repeat);
        if (earlier.isPresent()) {
            return new Taken(earlier.get(), true, retentionAsked);
        }
        AdmittedMedia admitted = admit(wish.principal(), wish.model(), wish.parameters());
        Duration retention = RetentionHeader.read(
                request.header(RetentionHeader.NAME),
                jobs.usualRetention(admitted.principal().organization(), admitted.model()));
        WebhookTarget webhook = checked(wish.webhook() == null ? webhook(request) : wish.webhook(), wish);
        var accepted =
                jobs.accept(admitted, new JobOptions(wish.dialect(), request.baseUrl(), repeat, webhook, retention));
        return new Taken(accepted.job(), accepted.replayed(), retentionAsked);
    }

    /** The checks alone, without an effect. */
    AdmittedMedia admit(Principal principal, String model, ObjectNode parameters) {
        AdmittedMedia admitted = admission.admit(
                new Ask(principal, Submissions.DIALECT, model, null, parameters, UnknownFields.IGNORE, null));
        urls.check(admitted);
        PersonaRows.persona(admitted)
                .ifPresent(id -> personas.require(principal.organization(), PersonaRows.PARAMETER, id));
        return admitted;
    }

    private @Nullable WebhookTarget checked(@Nullable WebhookTarget target, Wish wish) {
        if (target != null) {
            egress.check(target.equals(wish.webhook()) ? "webhook.url" : WEBHOOK, target.url());
        }
        return target;
    }

    private static @Nullable WebhookTarget webhook(Request request) {
        return request.query(WEBHOOK)
                .filter(text -> !text.isEmpty())
                .map(url -> WebhookTarget.ofEnd(url, DeliveryPolicy.HIGGSFIELD, null))
                .orElse(null);
    }

    /** A repeat is one when key, endpoint, body and retention are the same. */
    private static @Nullable IdempotencyRequest idempotency(Request request, Wish wish) {
        Optional<String> key = request.header(IdempotencyKey.HEADER);
        if (key.isEmpty()) {
            return null;
        }
        ObjectNode whole = Json.object();
        whole.put("model", wish.model());
        whole.put("retention", request.header(RetentionHeader.NAME).orElse(""));
        whole.set("parameters", wish.body());
        return new IdempotencyRequest(
                Repeats.key(wish.principal(), "higgsfield submit", key.get()), Fingerprint.of(whole));
    }
}
