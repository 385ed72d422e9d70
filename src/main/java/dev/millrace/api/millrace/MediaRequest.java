package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.admission.Repeats;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.egress.Egress;
import dev.millrace.id.QuoteId;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.IdempotencyRequest;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.Priority;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Dialogue;
import dev.millrace.server.Request;
import dev.millrace.webhooks.DeliveryPolicy;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request into a durable job. */
public final class MediaRequest {
    private final Catalog catalog;
    private final Admission admission;
    private final Jobs jobs;
    private final InputUrls urls;
    private final Egress egress;

    public MediaRequest(Catalog catalog, Admission admission, Jobs jobs, InputUrls urls, Egress egress) {
        this.catalog = catalog;
        this.admission = admission;
        this.jobs = jobs;
        this.urls = urls;
        this.egress = egress;
    }

    /**
     * Accepts the job. Nothing is created when this throws.
     *
     * @throws ProblemException everything that {@link Admission#admit} and {@link Jobs#accept} throw
     */
    public Accepted accept(Request request, Principal principal, Wish wish) {
        return once(request, principal, wish, options -> {
            AdmittedMedia admitted = admission.admit(ask(principal, wish, parameters(wish)));
            urls.check(admitted);
            return jobs.accept(admitted, options);
        });
    }

    /** Accepts a language request as a job; as {@link #accept}. */
    Accepted accept(Request request, Principal principal, Wish wish, Dialogue dialogue) {
        return once(
                request,
                principal,
                wish,
                options ->
                        jobs.accept(admission.admitText(ask(principal, wish, wish.parameters()), dialogue), options));
    }

    private Accepted once(Request request, Principal principal, Wish wish, Function<JobOptions, Accepted> take) {
        IdempotencyRequest repeat = request.header(IdempotencyKey.HEADER)
                .map(key -> new IdempotencyRequest(
                        Repeats.key(principal, wish.surface(), key), Fingerprint.of(wish.whole())))
                .orElse(null);
        if (repeat != null) {
            Optional<Job> earlier = jobs.replay(repeat);
            if (earlier.isPresent()) {
                return new Accepted(earlier.get(), true);
            }
        }
        Priority priority = priority(request);
        return take.apply(new JobOptions(wish.dialect(), request.baseUrl(), repeat, wish.webhook(), wish.retention())
                .withPriority(priority));
    }

    private static Ask ask(Principal principal, Wish wish, ObjectNode parameters) {
        return new Ask(
                principal,
                wish.dialect(),
                wish.model(),
                wish.expected(),
                parameters,
                UnknownFields.REJECT,
                wish.quote());
    }

    private static Priority priority(Request request) {
        return request.header(Priority.HEADER)
                .map(text -> Priority.parse(text)
                        .orElseThrow(() -> Fields.wrong(Priority.HEADER, "enum", "must be high, normal or low.")))
                .orElse(Priority.NORMAL);
    }

    /** A model that can not take the request anyway refuses it for that, not for the names of its parameters. */
    private ObjectNode parameters(Wish wish) {
        return catalog.find(wish.model())
                .filter(model -> makes(model, wish.expected()))
                .map(model -> Parameters.named(model, wish.parameters(), wish.given()))
                .orElse(wish.parameters());
    }

    static boolean makes(Model model, @Nullable Modality expected) {
        return expected == null ? model.modality() != Modality.LANGUAGE : model.modality() == expected;
    }

    /**
     * Whom {@code callback_url} wants to be told; null when it is absent.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} when nothing may be sent there
     */
    public @Nullable WebhookTarget callback(Fields body) {
        String url = body.textOrNull("callback_url");
        if (url == null) {
            return null;
        }
        egress.check("callback_url", url);
        return WebhookTarget.ofEnd(url, DeliveryPolicy.OPENROUTER, null);
    }

    /** The binding quote that {@code quote_id} names; null when it is absent. */
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
