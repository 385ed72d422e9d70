package dev.millrace.api.apiframe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.api.apiframe.ApiframeSettings.SecretForm;
import dev.millrace.app.Gateway;
import dev.millrace.crypto.Digest;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.WebhookSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code webhookUrl} is sent: which events, how they are signed, and that each is tried once. */
class ApiframeWebhookTest {
    private static final String DRAFT = "\"sandbox\":{\"draft\":true";

    @Test
    void the_end_is_told_once_and_signed_with_the_hash_of_the_key() {
        for (SecretForm form : SecretForm.values()) {
            try (Gateway gateway = gateway(Map.of("apiframe.secret_form", form.name()));
                    WebhookSink sink = WebhookSink.start()) {
                NewKey key = gateway.customer("5");
                Desk desk = Desk.of(gateway, key);
                Reply job = desk.run("/v2/images/generate", body(sink, "", ""));
                Recorded told = sink.await(1);
                assertThat(told.header("X-Webhook-Event")).isEqualTo("completed");
                assertThat(told.header("X-Webhook-Signature"))
                        .isEqualTo(WebhookSignature.of(Digest.hex(Digest.sha256(key.full())), form, told.body()));
                JsonNode event = Json.readOwn(new String(told.body(), StandardCharsets.UTF_8));
                assertThat(event.propertyNames())
                        .containsExactly(
                                "event", "jobId", "status", "progress", "result", "model", "creditCost", "completedAt");
                assertThat(event.path("jobId").asString()).isEqualTo(job.at("id"));
                assertThat(event.path("status").asString()).isEqualTo("COMPLETED");
                assertThat(event.path("result")).isEqualTo(job.json().path("result"));
                assertThat(event.path("creditCost")).isEqualTo(job.json().path("creditCost"));
                status(desk, job.at("id"), "delivered");
                assertThat(sink.deliveries()).hasSize(1);
            }
        }
    }

    @Test
    void a_failed_delivery_is_not_repeated_and_says_so() {
        try (Gateway gateway = gateway(Map.of());
                WebhookSink sink = WebhookSink.start().answering(500)) {
            Desk desk = Desk.of(gateway, gateway.customer("5"));
            Reply job = desk.run("/v2/images/generate", body(sink, "", ",\"nsfw\":true"));
            assertThat(job.at("status")).isEqualTo("FAILED");
            JsonNode event = Json.readOwn(new String(sink.await(1).body(), StandardCharsets.UTF_8));
            assertThat(event.propertyNames()).containsExactly("event", "jobId", "status", "error", "model");
            assertThat(event.path("event").asString()).isEqualTo("failed");
            assertThat(event.path("error").asString()).contains("content policy");
            status(desk, job.at("id"), "failed");
            assertThat(sink.deliveries()).hasSize(1);
        }
    }

    @Test
    void only_the_events_that_were_asked_for_are_told() {
        try (Gateway gateway = gateway(Map.of());
                WebhookSink sink = WebhookSink.start()) {
            Desk desk = Desk.of(gateway, gateway.customer("5"));
            String failedAlone = ",\"webhookEvents\":[\"failed\"]";
            Reply quiet = desk.run("/v2/images/generate", body(sink, failedAlone, ""));
            assertThat(quiet.at("status")).isEqualTo("COMPLETED");
            String progressToo = ",\"webhookEvents\":[\"progress\",\"completed\"]";
            Reply job = desk.run("/v2/images/generate", body(sink, progressToo, ",\"latency_ms\":1500"));
            status(desk, job.at("id"), "delivered");
            List<JsonNode> events = sink.deliveries().stream()
                    .map(told -> Json.readOwn(new String(told.body(), StandardCharsets.UTF_8)))
                    .toList();
            assertThat(events).allMatch(event -> event.path("jobId").asString().equals(job.at("id")));
            JsonNode progress = events.getFirst();
            assertThat(progress.propertyNames()).containsExactly("event", "jobId", "status", "progress", "model");
            assertThat(progress.path("status").asString()).isEqualTo("PROCESSING");
            assertThat(events.getLast().path("event").asString()).isEqualTo("completed");
        }
    }

    private static Gateway gateway(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("egress.allow", "127.0.0.0/8");
        return Gateway.start(settings);
    }

    private static String body(WebhookSink sink, String members, String instructions) {
        return "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"webhookUrl\":\"" + sink.url() + "\"" + members + ","
                + DRAFT + instructions + "}}";
    }

    private static void status(Desk desk, String job, String wanted) {
        Await.until(
                "the webhook is " + wanted,
                () -> desk.get("/v2/jobs/" + job).at("webhookStatus").equals(wanted));
    }
}
