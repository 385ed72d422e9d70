package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.api.apiframe.ApiframeSettings.SecretForm;
import dev.millrace.assets.AssetLinks;
import dev.millrace.crypto.Digest;
import dev.millrace.egress.Egress;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.WebhookEvent;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.json.Json;
import dev.millrace.money.CreditRate;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhook of a request: what the body asks for, and what is sent (contract section 3). */
final class Webhooks {
    static final String URL = "webhookUrl";
    static final String EVENTS = "webhookEvents";
    private static final Set<WebhookEvent> USUAL = EnumSet.of(WebhookEvent.COMPLETED, WebhookEvent.FAILED);

    private final Egress egress;

    Webhooks(Egress egress) {
        this.egress = egress;
    }

    /**
     * Whom to tell, by the body; null when nobody is to be told.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on either field
     */
    @Nullable
    WebhookTarget target(ObjectNode body, Principal principal) {
        ObjectNode asked = Json.object();
        for (String name : new String[] {URL, EVENTS}) {
            if (body.has(name)) {
                asked.set(name, body.get(name));
            }
        }
        JsonNode url = Schemas.checked("WebhookFields", asked).get(URL);
        if (url == null) {
            return null;
        }
        egress.check(URL, url.stringValue());
        return target(url.stringValue(), events(asked.get(EVENTS)), principal);
    }

    /** What is told at that address; signed with the key that asks. */
    static WebhookTarget target(String url, Set<WebhookEvent> events, Principal principal) {
        return new WebhookTarget(url, DeliveryPolicy.APIFRAME, events, Digest.hex(principal.keyHash()));
    }

    private static Set<WebhookEvent> events(@Nullable JsonNode names) {
        if (names == null) {
            return USUAL;
        }
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        names.forEach(name -> events.add(event(name.stringValue())));
        return events;
    }

    static WebhookEvent event(String name) {
        return switch (name) {
            case "progress" -> WebhookEvent.PROGRESS;
            case "completed" -> WebhookEvent.COMPLETED;
            case "failed" -> WebhookEvent.FAILED;
            default -> throw new IllegalArgumentException("the schema knows no other event");
        };
    }

    /** Renders and signs every event of this dialect's jobs. */
    static WebhookTeller teller(AssetLinks links, CreditRate rate, SecretForm secret, InstantSource clock) {
        var results = new Results(links, clock);
        return (job, event, base, target) -> Optional.of(message(job, event, base, target, results, rate, secret));
    }

    private static WebhookMessage message(
            Job job,
            WebhookEvent event,
            URI base,
            WebhookTarget target,
            Results results,
            CreditRate rate,
            SecretForm secret) {
        byte[] body = Json.bytes(
                switch (event) {
                    case PROGRESS -> ProgressEventBody.of(job);
                    case COMPLETED -> CompletedEventBody.of(job, results.of(job, base), rate);
                    case FAILED -> FailedEventBody.of(job);
                });
        String hash = Objects.requireNonNull(target.secret());
        return new WebhookMessage(
                Map.of("X-Webhook-Event", event.wire(), "X-Webhook-Signature", WebhookSignature.of(hash, secret, body)),
                body);
    }
}
