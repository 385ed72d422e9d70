package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.Repeats;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.server.Multipart;
import dev.millrace.server.MultipartLimits;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v2/loras}: pictures and what they show become a training job (contract 1.9). */
final class TrainingRoute {
    private static final String SURFACE = "POST /v2/loras";
    private static final long MB = 1024L * 1024;
    private static final MultipartLimits LIMITS =
            MultipartLimits.DEFAULTS.withBytes(10 * MB, 101 * MB).withParts(48);
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp");

    /** Longer than a training waits and runs. */
    private static final Duration PICTURES_LIFE = Duration.ofDays(2);

    private final Entrance entrance;
    private final Admission admission;
    private final Jobs jobs;
    private final FileIntake intake;
    private final AssetLinks links;
    private final Webhooks webhooks;
    private final Duration retention;

    TrainingRoute(
            Entrance entrance,
            Admission admission,
            Jobs jobs,
            FileIntake intake,
            AssetLinks links,
            Webhooks webhooks,
            Duration retention) {
        this.entrance = entrance;
        this.admission = admission;
        this.jobs = jobs;
        this.intake = intake;
        this.links = links;
        this.webhooks = webhooks;
        this.retention = retention;
    }

    /** A LoRA whose training is queued. */
    record CreatedBody(String id, String status, int imageCount) {}

    Response create(Request request) throws IOException {
        Principal principal = entrance.unhurried(request);
        List<Asset> taken = new ArrayList<>();
        boolean used = false;
        try (Multipart body = Forms.read(request, LIMITS, LoraForm.IMAGES)) {
            LoraForm form = LoraForm.of(body);
            var webhook = webhooks.target(form.fields(), principal);
            take(principal, form.images(), taken);
            IdempotencyRequest repeat = repeat(request, principal, form.fields(), taken);
            Optional<Job> earlier = repeat == null ? Optional.empty() : jobs.replay(repeat);
            if (earlier.isPresent()) {
                return created(earlier.get(), taken.size()).header("Idempotency-Replayed", "true");
            }
            AdmittedMedia admitted = admission.admit(new Ask(
                    principal,
                    Offer.DIALECT,
                    Trainings.MODEL,
                    null,
                    parameters(form.fields(), taken, request.baseUrl()),
                    UnknownFields.REJECT,
                    null));
            var options = new JobOptions(Offer.DIALECT, request.baseUrl(), repeat, webhook, retention);
            Accepted accepted = jobs.accept(admitted, options);
            used = !accepted.replayed();
            return created(accepted.job(), taken.size());
        } finally {
            if (!used) {
                intake.drop(principal.organization(), taken);
            }
        }
    }

    private static Response created(Job job, int images) {
        return Response.json(202, new CreatedBody(job.id().text(), "PENDING", images));
    }

    private void take(Principal principal, List<Part> images, List<Asset> taken) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            try (InputStream bytes = images.get(i).open()) {
                taken.add(intake.take(
                        principal.organization(),
                        LoraForm.IMAGES + "." + i,
                        bytes,
                        PICTURES_LIFE,
                        (type, size) -> PICTURES.contains(type)
                                ? Optional.empty()
                                : Optional.of("Unsupported file type: send JPEG, PNG or WebP.")));
            }
        }
    }

    private ObjectNode parameters(ObjectNode fields, List<Asset> pictures, URI base) {
        ObjectNode parameters = Json.object();
        ArrayNode images = parameters.putArray(LoraForm.IMAGES);
        pictures.forEach(asset -> images.add(base + links.sign(asset.id(), asset.fileName(), asset.expiresAt())));
        MidjourneyActions.copy(fields, "name", parameters, "name");
        MidjourneyActions.copy(fields, "subjectKind", parameters, "subject_kind");
        MidjourneyActions.copy(fields, "gender", parameters, "gender");
        MidjourneyActions.copy(fields, "ethnicity", parameters, "ethnicity");
        MidjourneyActions.copy(fields, "age", parameters, "age");
        MidjourneyActions.copy(fields, "steps", parameters, "steps");
        MidjourneyActions.copy(fields, "loraRank", parameters, "lora_rank");
        return parameters;
    }

    private static @Nullable IdempotencyRequest repeat(
            Request request, Principal principal, ObjectNode fields, List<Asset> pictures) {
        return request.header(IdempotencyKey.HEADER)
                .map(key -> new IdempotencyRequest(
                        Repeats.key(principal, SURFACE, key),
                        Fingerprint.of(
                                fields,
                                pictures.stream()
                                        .map(asset -> HexFormat.of().parseHex(asset.sha256()))
                                        .toList())))
                .orElse(null);
    }
}
