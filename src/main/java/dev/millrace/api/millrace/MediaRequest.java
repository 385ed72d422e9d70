package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.QuoteId;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request for an image, a video or music into a durable job. */
final class MediaRequest {
    private final Admission admission;
    private final Jobs jobs;
    private final InputUrls urls;

    MediaRequest(Admission admission, Jobs jobs, InputUrls urls) {
        this.admission = admission;
        this.jobs = jobs;
        this.urls = urls;
    }

    /**
     * Accepts the job. Nothing is created when this throws.
     *
     * @param surface the route, under which an idempotency key is unique
     * @param expected what the model has to make; null for any medium
     */
    Accepted accept(
            Request request,
            String surface,
            Principal principal,
            @Nullable Modality expected,
            Fields body,
            ObjectNode parameters) {
        IdempotencyRequest repeat = request.header(IdempotencyKey.HEADER)
                .map(key -> new IdempotencyRequest(
                        new IdempotencyKey(principal.organization(), surface, key), Fingerprint.of(body.object())))
                .orElse(null);
        if (repeat != null) {
            Optional<Job> earlier = jobs.replay(repeat);
            if (earlier.isPresent()) {
                return new Accepted(earlier.get(), true);
            }
        }
        AdmittedMedia admitted = admission.admit(new Ask(
                principal,
                MillraceApi.DIALECT,
                body.text("model"),
                expected,
                parameters,
                UnknownFields.REJECT,
                quote(body)));
        urls.check(admitted);
        return jobs.accept(admitted, new JobOptions(MillraceApi.DIALECT, request.baseUrl(), repeat, null, null));
    }

    static @Nullable QuoteId quote(Fields body) {
        String text = body.textOrNull("quote_id");
        if (text == null) {
            return null;
        }
        return QuoteId.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.QUOTE_NOT_USABLE,
                        "quote_id: there is no such quote; ask for one with POST /api/v1/quotes."));
    }
}
