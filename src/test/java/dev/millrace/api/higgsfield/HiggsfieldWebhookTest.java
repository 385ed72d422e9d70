package dev.millrace.api.higgsfield;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.WebhookSink;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who asked to be told is told once, in a body that receivers of either documented shape understand. */
class HiggsfieldWebhookTest {
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("egress.allow", "127.0.0.0/8"));
        key = gateway.customer("5");
        client = Studio.caller(gateway, key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            closed.check();
        }
    }

    @Test
    void a_completed_request_is_told_in_both_shapes() {
        try (WebhookSink sink = WebhookSink.start()) {
            Reply submitted = submit(sink, Studio.SMALL);
            Reply ended = Studio.ended(client, submitted.at("status_url"));
            Recorded told = sink.await(1);
            assertThat(told.method()).isEqualTo("POST");
            assertThat(told.target()).isEqualTo("/hook?a=b c".replace(" ", "%20"));
            assertThat(told.header("Content-Type")).isEqualTo("application/json");
            JsonNode body = Json.readOwn(told.text());
            assertThat(body.path("request_id").asString("")).isEqualTo(submitted.at("request_id"));
            assertThat(body.path("status").asString("")).isEqualTo("completed");
            assertThat(body.path("error").isNull()).isTrue();
            JsonNode file = body.path("payload").path("images").path(0);
            assertThat(file.path("content_type").asString("")).isEqualTo("image/png");
            assertThat(client.bare().get(file.path("url").asString()).status()).isEqualTo(200);
            ended.json()
                    .properties()
                    .forEach(member -> assertThat(body.get(member.getKey()))
                            .as(member.getKey())
                            .isEqualTo(member.getValue()));
            nothingMoreComes(sink, 1);
        }
    }

    @Test
    void failed_and_nsfw_requests_are_told_and_canceled_ones_are_not() {
        try (WebhookSink sink = WebhookSink.start()) {
            submit(sink, "{\"prompt\":\"a\",\"sandbox\":{\"fail\":\"upstream_error\"}}");
            JsonNode failed = Json.readOwn(sink.await(1).text());
            assertThat(failed.path("status").asString("")).isEqualTo("failed");
            assertThat(failed.path("error").asString("")).isNotBlank();
            assertThat(failed.path("payload").isNull()).isTrue();
            submit(sink, "{\"prompt\":\"a\",\"sandbox\":{\"nsfw\":true}}");
            JsonNode nsfw = Json.readOwn(sink.await(2).text());
            assertThat(nsfw.path("status").asString("")).isEqualTo("nsfw");
            assertThat(nsfw.path("error").isNull()).isTrue();
            assertThat(nsfw.path("payload").isNull()).isTrue();
            assertThat(nsfw.path("images").isMissingNode()).isTrue();
            Reply running = submit(sink, "{\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}");
            gateway.caller(key).post("/api/v1/jobs/" + running.at("request_id") + "/cancel", "");
            nothingMoreComes(sink, 2);
        }
    }

    /** Later events are delivered; what should not come would have come before them. */
    private static void nothingMoreComes(WebhookSink sink, int sofar) {
        submit(sink, Studio.SMALL);
        JsonNode later = Json.readOwn(sink.await(sofar + 1).text());
        assertThat(later.path("status").asString("")).isEqualTo("completed");
        Await.until(
                "the outbox is empty",
                () -> gateway.database()
                                .<Long>read(tx -> tx.count("select count(*) from due_work where kind = 'webhook'"))
                        == 0);
        assertThat(sink.deliveries()).hasSize(sofar + 1);
    }

    private static Reply submit(WebhookSink sink, String json) {
        String url = URLEncoder.encode(sink.url() + "?a=b%20c", UTF_8);
        Reply reply = client.post("/sandbox/image?hf_webhook=" + url, json);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }
}
