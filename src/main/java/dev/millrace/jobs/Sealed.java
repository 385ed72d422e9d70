package dev.millrace.jobs;

import dev.millrace.crypto.Seal;
import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job needs while it is open and nobody may read at rest.
 *
 * @param text what a language job asks for; null for any other
 * @param planned how much it was quoted to make
 * @param baseUrl what links in its webhook start with
 */
record Sealed(
        ObjectNode parameters,
        @Nullable TextWork text,
        Units planned,
        URI baseUrl,
        @Nullable WebhookTarget webhook) {

    byte[] seal(Seal seal, JobId job) {
        ObjectNode json = Json.object();
        // As a text, so that it nests no deeper here than it did in the request.
        json.put("parameters", Json.text(parameters));
        if (text != null) {
            text.into(json);
        }
        json.set("planned", Json.tree(planned.byWireName()));
        json.put("base_url", baseUrl.toString());
        if (webhook != null) {
            json.put("webhook_url", webhook.url());
            json.put("webhook_policy", webhook.policy().name());
            json.set(
                    "webhook_events",
                    Json.tree(webhook.events().stream().map(WebhookEvent::name).toList()));
            json.put("webhook_secret", webhook.secret());
            json.put("webhook_key", webhook.signingKey());
        }
        return seal.seal(Json.bytes(json), context(job));
    }

    static Sealed open(Seal seal, JobId job, byte[] sealed) {
        ObjectNode text = Json.readOwnObject(new String(seal.open(sealed, context(job)), StandardCharsets.UTF_8));
        JsonNode url = text.get("webhook_url");
        return new Sealed(
                Json.readOwnObject(text.required("parameters").asString()),
                TextWork.from(text),
                units(text.required("planned")),
                URI.create(text.required("base_url").asString()),
                url == null ? null : webhook(url.asString(), text));
    }

    private static WebhookTarget webhook(String url, ObjectNode text) {
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        text.required("webhook_events").forEach(event -> events.add(WebhookEvent.valueOf(event.asString())));
        DeliveryPolicy policy =
                DeliveryPolicy.named(text.required("webhook_policy").asString());
        return new WebhookTarget(url, policy, events, optional(text, "webhook_secret"), optional(text, "webhook_key"));
    }

    private static @Nullable String optional(ObjectNode text, String name) {
        JsonNode value = text.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }

    private static Units units(JsonNode byWireName) {
        Units units = Units.NONE;
        for (Map.Entry<String, JsonNode> entry : byWireName.properties()) {
            units = units.with(
                    Unit.parse(entry.getKey()).orElseThrow(), entry.getValue().asLong());
        }
        return units;
    }

    private static String context(JobId job) {
        return "job:" + job.text() + ":parameters";
    }

    /** Names nothing: all of it is the customer's. */
    @Override
    public String toString() {
        return "Sealed[…]";
    }
}
