package dev.millrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.json.Json;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.net.URLEncoder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A webhook that may not be reached is refused when the request comes, in every dialect that has one, and nothing is made. */
class WebhookUrlTest {
    private static Gateway gateway;
    private static NewKey key;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("10");
    }

    @AfterAll
    static void nothing_was_left_behind() {
        try (Gateway closed = gateway) {
            assertThat(closed.jobs()).isEmpty();
            assertThat(closed.openHolds()).isZero();
            closed.check();
        }
    }

    static Stream<String> urls() {
        return BadInputs.urls().stream();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void in_the_three_policies(String url) {
        String quoted = Json.text(url);
        Caller higgsfield = new Caller(gateway.url())
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret());
        refused(
                higgsfield.post("/sandbox/image?hf_webhook=" + URLEncoder.encode(url, UTF_8), "{\"prompt\":\"a\"}"),
                "hf_webhook");
        refused(
                higgsfield.post(
                        "/v1/text2image/soul", "{\"params\":{\"prompt\":\"a\"},\"webhook\":{\"url\":" + quoted + "}}"),
                "webhook.url");
        refused(
                new Caller(gateway.url())
                        .with("X-API-Key", key.full())
                        .post(
                                "/v2/images/generate",
                                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"webhookUrl\":" + quoted + "}"),
                "webhookUrl");
        refused(
                gateway.caller(key)
                        .post(
                                "/api/v1/generations",
                                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"callback_url\":" + quoted + "}"),
                "callback_url");
    }

    private static void refused(Reply reply, String field) {
        assertThat(reply.status()).as(reply.text()).isIn(400, 422);
        assertThat(reply.text()).contains(field);
    }
}
