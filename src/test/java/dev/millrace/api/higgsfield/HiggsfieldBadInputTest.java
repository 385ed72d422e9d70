package dev.millrace.api.higgsfield;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.RawCall;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bad input is told what is wrong with it, in this dialect's words, and leaves nothing behind. */
class HiggsfieldBadInputTest {
    private static final int SHORT = 2_000;
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("10");
        client = new Caller(gateway.url())
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret());
    }

    @AfterAll
    static void nothing_was_left_behind() {
        try (Gateway _ = gateway) {
            assertThat(gateway.jobs()).as("jobs").isEmpty();
            assertThat(gateway.openHolds()).as("open holds").isZero();
            assertThat(gateway.caller(key).get("/api/v1/wallet").at("available_usd"))
                    .isEqualTo("10.00");
            gateway.check();
        }
    }

    static Stream<BadInputs.Body> bodies() {
        return BadInputs.bodies("\"prompt\":\"a\"").stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_not_the_right_json(BadInputs.Body body) {
        for (String path : List.of(
                "/sandbox/image",
                "/estimate/sandbox/image",
                "/files/generate-upload-url",
                "/v1/text2image/soul",
                "/v1/custom-references")) {
            Reply reply = client.post(path, body.bytes());
            refused(reply, 422);
            JsonNode entry = reply.json().path("detail").path(0);
            assertThat(entry.path("loc").path(0).asString(""))
                    .as(reply.toString())
                    .isEqualTo("body");
            assertThat(entry.path("msg").asString("")).isNotBlank();
            assertThat(entry.path("type").asString("")).isNotBlank();
        }
    }

    static Stream<BadInputs.Parameters> parameters() {
        return BadInputs.parameters().stream();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameters_that_the_model_refuses(BadInputs.Parameters wrong) {
        for (String path : List.of("/" + wrong.model(), "/estimate/" + wrong.model())) {
            Reply reply = client.post(path, wrong.json());
            refused(reply, 400);
            Reply inEnvelope = client.post(path, "{\"params\":" + wrong.json() + "}");
            assertThat(inEnvelope.status()).isEqualTo(400);
            assertThat(inEnvelope.at("detail")).contains(wrong.field());
            assertThat(reply.at("detail"))
                    .contains(wrong.field())
                    .contains(": ")
                    .doesNotContain("None does not");
        }
    }

    @ParameterizedTest
    @MethodSource("unknownNames")
    void names_that_no_model_knows_are_ignored(BadInputs.Parameters unknown) {
        assertThat(client.post("/estimate/" + unknown.model(), unknown.json()).status())
                .isEqualTo(200);
    }

    static Stream<BadInputs.Parameters> unknownNames() {
        return BadInputs.unknownNames().stream();
    }

    static Stream<String> urls() {
        return BadInputs.urls().stream();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void a_webhook_that_may_not_be_reached(String url) {
        String path = "/sandbox/image?hf_webhook=" + URLEncoder.encode(url, UTF_8);
        Reply reply = client.post(path, "{\"prompt\":\"a\"}");
        refused(reply, 400);
        assertThat(reply.at("detail")).startsWith("hf_webhook: ");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void an_input_that_may_not_be_fetched(String url) {
        String json =
                "{\"prompt\":\"a\",\"image_url\":\"" + url.replace("\\", "\\\\").replace("\n", "\\n") + "\"}";
        for (String path : List.of("/sandbox/video", "/higgsfield-ai/dop/standard", "/estimate/sandbox/video")) {
            Reply reply = client.post(path, json);
            refused(reply, 400);
            assertThat(reply.at("detail")).contains("image_url");
        }
    }

    @Test
    void a_url_of_2_mb() {
        Reply reply = client.post(
                "/sandbox/video",
                "{\"prompt\":\"a\",\"image_url\":\"https://example.com/" + "a".repeat(2_000_000) + "\"}");
        refused(reply, 400);
        assertThat(reply.at("detail")).contains("image_url");
    }

    static Stream<String> ids() {
        return BadInputs.ids().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_id_of_nothing(String id) {
        Reply absent = client.get("/requests/00000000-0000-0000-0000-000000000000/status");
        for (Reply reply : List.of(
                client.get("/requests/" + id + "/status"),
                client.post("/requests/" + id + "/cancel", ""),
                client.delete("/requests/" + id))) {
            refused(reply, 404);
            assertThat(reply.text()).isEqualTo(absent.text());
        }
    }

    @Test
    void paths_that_climb() {
        for (String path : List.of(
                "/requests/../models",
                "/requests/%2e%2e/status",
                "/%2e%2e/x",
                "/requests/%00/status",
                "/a%5cb",
                "/%c0%af")) {
            Reply reply = RawCall.send(
                    gateway.port(), new byte[0], "GET " + path + " HTTP/1.1", "Authorization: Bearer " + key.full());
            refused(reply, 400);
        }
    }

    @Test
    void a_target_of_1_mb_is_refused() {
        Reply reply = RawCall.send(
                gateway.port(),
                new byte[0],
                "GET /requests/" + "a".repeat(15_000) + "/status HTTP/1.1",
                "Authorization: Bearer " + key.full());
        refused(reply, 404);
        assertThat(tooLarge(1_000_000)).isBetween(400, 499);
    }

    /** The server may hang up before it has read all of it. */
    private static int tooLarge(int length) {
        try {
            return RawCall.send(gateway.port(), new byte[0], "GET /requests/" + "a".repeat(length) + "/status HTTP/1.1")
                    .status();
        } catch (java.io.UncheckedIOException hungUp) {
            return 414;
        }
    }

    static Stream<String> idempotencyKeys() {
        return BadInputs.idempotencyKeys().stream();
    }

    @ParameterizedTest
    @MethodSource("idempotencyKeys")
    void an_idempotency_key_that_is_none(String value) {
        Reply reply = submitWith("Idempotency-Key: " + value);
        refused(reply, 422);
        JsonNode entry = reply.json().path("detail").path(0);
        assertThat(entry.path("loc").toString()).isEqualTo("[\"header\",\"Idempotency-Key\"]");
    }

    static Stream<String> brokenHeaderValues() {
        return BadInputs.brokenHeaderValues().stream();
    }

    @ParameterizedTest
    @MethodSource("brokenHeaderValues")
    void a_header_that_is_no_header(String value) {
        Reply reply = submitWith("Idempotency-Key: " + value);
        refused(reply, reply.status());
        assertThat(reply.status()).isIn(400, 422);
        assertThat(reply.json().has("detail")).isTrue();
    }

    @Test
    void a_retention_out_of_bounds() {
        for (String value : List.of(
                "",
                "0",
                "-1",
                "3599",
                "604801",
                "99999999999999999999",
                "3600.0",
                "3600s",
                "1e4",
                "one hour",
                "7200, 7200")) {
            Reply reply = submitWith("Hf-Expires-After: " + value);
            refused(reply, 422);
            assertThat(reply.json().path("detail").path(0).path("loc").toString())
                    .isEqualTo("[\"header\",\"Hf-Expires-After\"]");
        }
    }

    @Test
    void content_types_that_are_not_taken_for_uploads() {
        for (String type : List.of(
                "null",
                "5",
                "\"\"",
                "\"application/octet-stream\"",
                "\"text/html\"",
                "\"image/svg+xml\"",
                "[\"image/png\"]",
                "\"image/png\\u0000\"",
                "\"IMAGE/PNG; x=1\"",
                "\"image/png\\r\\nX: y\"")) {
            Reply reply = client.post("/files/generate-upload-url", "{\"content_type\":" + type + "}");
            refused(reply, 400);
            assertThat(reply.at("detail")).contains("content_type");
        }
        Reply reply = client.post("/files/generate-upload-url", "{}");
        refused(reply, 400);
        assertThat(reply.at("detail")).isEqualTo(": 'content_type' is a required property");
    }

    @Test
    void limits_and_offsets_of_the_model_list() {
        for (String limit : BadInputs.limits()) {
            Reply reply = client.get("/models?limit=" + limit);
            refused(reply, 400);
            assertThat(reply.at("detail")).startsWith("limit: ");
        }
        refused(client.get("/models?offset=-1"), 400);
        refused(client.get("/models?search=%00"), 400);
        refused(client.get("/models?search=%ff"), 400);
    }

    @Test
    void models_that_are_not_there() {
        for (String model : List.of(
                "sandbox/imag\u0435",
                "sandbox",
                "no/such/model",
                "SANDBOX/image/x",
                "sandbox/image%00".replace("%00", "%01"),
                "a".repeat(3000),
                "sandbox/text/",
                "__proto__")) {
            String path =
                    "/" + URLEncoder.encode(model, UTF_8).replace("%2F", "/").replace("%2501", "x");
            Reply reply = client.post(path, "{\"prompt\":\"a\"}");
            refused(reply, reply.status());
            assertThat(reply.status()).as(model).isIn(400, 404);
        }
        assertThat(client.post("/no/such/model", "{}").at("detail")).isEqualTo("model_not_found");
    }

    private static Reply submitWith(String headerLine) {
        return RawCall.send(
                gateway.port(),
                "{\"prompt\":\"a\"}".getBytes(UTF_8),
                "POST /sandbox/image HTTP/1.1",
                "Authorization: Key " + key.id().text() + ":" + key.secret(),
                "Content-Type: application/json",
                headerLine);
    }

    private static void refused(Reply reply, int status) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status).isBetween(400, 499);
        assertThat(reply.json().path("detail").isMissingNode())
                .as(reply.toString())
                .isFalse();
        assertThat(reply.header("X-Correlation-ID")).isNotEmpty();
        assertThat(reply.bytes().length).as(reply.toString()).isLessThan(SHORT);
    }
}
