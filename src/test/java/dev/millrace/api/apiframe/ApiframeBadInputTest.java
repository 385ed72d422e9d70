package dev.millrace.api.apiframe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.RawCall;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bad input is told what is wrong with it, by the path of the field, and leaves nothing behind. */
class ApiframeBadInputTest {
    private static final int SHORT = 3_000;
    private static final String GENERATE = "/v2/images/generate";
    private static Gateway gateway;
    private static NewKey key;
    private static Desk desk;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("10");
        desk = Desk.of(gateway, key);
    }

    @AfterAll
    static void nothing_was_left_behind() {
        try (Gateway _ = gateway) {
            assertThat(gateway.jobs()).as("jobs").isEmpty();
            assertThat(gateway.openHolds()).as("open holds").isZero();
            assertThat(desk.get("/v2/me").json().path("team").path("credits").asInt())
                    .isEqualTo(1000);
            gateway.check();
        }
    }

    static Stream<BadInputs.Body> bodies() {
        return BadInputs.bodies("\"model\":\"sandbox/image\",\"prompt\":\"a\"").stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_not_the_right_json(BadInputs.Body body) {
        for (String path :
                List.of(GENERATE, "/v2/images/midjourney/action", "/v2/music/suno/action", "/v2/assets/create")) {
            Reply reply = desk.post(path, body.bytes());
            assertThat(reply.status()).as(path + " " + reply).isIn(400, 413);
            assertThat(reply.at("error")).isNotBlank();
            assertThat(reply.bytes().length).isLessThan(SHORT);
        }
    }

    static Stream<BadInputs.Parameters> parameters() {
        return BadInputs.parameters().stream();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameters_that_the_model_refuses(BadInputs.Parameters wrong) {
        refused(post(wrong), wrong.field());
    }

    static Stream<BadInputs.Parameters> unknownNames() {
        return BadInputs.unknownNames().stream();
    }

    @ParameterizedTest
    @MethodSource("unknownNames")
    void names_that_the_model_does_not_know(BadInputs.Parameters unknown) {
        Reply reply = post(unknown);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().path("details").size()).isEqualTo(1);
    }

    private static Reply post(BadInputs.Parameters given) {
        String rest = given.json().strip();
        String body = "{\"model\":\"" + given.model() + "\"" + (rest.equals("{}") ? "" : ",") + rest.substring(1);
        String kind = given.model().contains("video") || given.model().contains("dop")
                ? "/v2/videos/generate"
                : given.model().contains("music") ? "/v2/music/generate" : GENERATE;
        return desk.post(kind, body);
    }

    @Test
    void blocks_and_their_fields_are_strict() {
        String flux = "{\"model\":\"flux-2-dev\",\"prompt\":\"a\",";
        refused(desk.post(GENERATE, flux + "\"fluxParams\":{\"sede\":1}}"), "fluxParams.sede");
        refused(desk.post(GENERATE, flux + "\"fluxParams\":{\"seed\":\"1\"}}"), "fluxParams.seed");
        refused(desk.post(GENERATE, flux + "\"fluxParams\":{\"guidance\":99}}"), "fluxParams.guidance");
        refused(desk.post(GENERATE, flux + "\"fluxParams\":{\"prompt\":\"a\"}}"), "fluxParams.prompt");
        refused(desk.post(GENERATE, flux + "\"fluxParams\":[]}"), "fluxParams");
        refused(desk.post(GENERATE, flux + "\"seed\":1}"), "seed");
        refused(desk.post(GENERATE, flux + "\"klingParams\":{}}"), "klingParams");
        refused(desk.post(GENERATE, flux + "\"webhookEvents\":[]}"), "webhookEvents");
        refused(desk.post(GENERATE, flux + "\"webhookEvents\":[\"done\"]}"), "webhookEvents.0");
        refused(desk.post(GENERATE, "{\"model\":\"flux-2-dev\"}"), "prompt");
        refused(desk.post(GENERATE, "{\"prompt\":\"a\"}"), "model");
        refused(desk.post(GENERATE, "{\"model\":5,\"prompt\":\"a\"}"), "model");
        refused(desk.post(GENERATE, "{\"model\":\"kling-2.6\",\"prompt\":\"a\"}"), "model");
        refused(desk.post("/v2/images/upscale", "{\"model\":\"topaz-image-upscale\"}"), "topazUpscaleParams.image");
        refused(
                desk.post("/v2/music/generate", "{\"model\":\"suno\",\"prompt\":\"" + "a".repeat(501) + "\"}"),
                "prompt");
        refused(
                desk.post(
                        "/v2/videos/generate",
                        "{\"model\":\"kling-2.6\",\"prompt\":\"a\",\"klingParams\":{\"start_image\":\"asset://x\"}}"),
                "klingParams.start_image");
        refused(
                desk.post(
                        "/v2/videos/generate",
                        "{\"model\":\"seedance-2\",\"prompt\":\"a\",\"seedanceParams\":{\"reference_image_urls\":[\"asset://"
                                + Requests.ABSENT + "\"]}}"),
                "seedanceParams.reference_image_urls.0");
        refused(
                desk.post(
                        GENERATE,
                        "{\"model\":\"flux-lora\",\"prompt\":\"a\",\"fluxLoraParams\":{\"loraId\":\"" + Requests.ABSENT
                                + "\"}}"),
                "fluxLoraParams.loraId");
    }

    static Stream<String> urls() {
        return BadInputs.urls().stream();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void a_url_that_may_not_be_reached(String url) {
        String text = Json.text(url);
        refused(
                desk.post(GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"webhookUrl\":" + text + "}"),
                "webhookUrl");
        refused(
                desk.post(
                        "/v2/videos/generate",
                        "{\"model\":\"kling-2.6\",\"prompt\":\"a\",\"klingParams\":{\"start_image\":" + text + "}}"),
                "klingParams.start_image");
        refused(desk.post("/v2/assets/create", "{\"type\":\"image\",\"url\":" + text + "}"), "url");
    }

    static Stream<String> ids() {
        return BadInputs.ids().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_id_of_nothing(String id) {
        for (String path : List.of("/v2/jobs/", "/v2/assets/", "/v2/loras/")) {
            Reply absent = desk.get(path + Requests.ABSENT);
            Reply reply = desk.get(path + id);
            assertThat(reply.status()).as(path + reply).isIn(400, 404);
            if (reply.status() == 404) {
                assertThat(reply.text()).isIn(absent.text(), "{\"error\":\"Not found\"}");
            }
        }
    }

    @Test
    void limits_and_cursors_of_lists() {
        for (String limit : BadInputs.limits()) {
            refused(desk.get("/v2/jobs?limit=" + limit), "limit");
            refused(desk.get("/v2/loras?limit=" + limit), "limit");
        }
        for (String cursor : BadInputs.cursors()) {
            refused(desk.get("/v2/jobs?cursor=" + cursor), "cursor");
            refused(desk.get("/v2/loras?cursor=" + cursor), "cursor");
        }
        refused(desk.get("/v2/jobs?search=1"), "search");
        refused(desk.get("/v2/jobs?scope=all"), "scope");
        refused(desk.get("/v2/jobs?include_models=yes"), "include_models");
    }

    static Stream<String> idempotencyKeys() {
        return BadInputs.idempotencyKeys().stream();
    }

    @ParameterizedTest
    @MethodSource("idempotencyKeys")
    void an_idempotency_key_that_is_none(String value) {
        Reply reply = RawCall.send(
                gateway.port(),
                Desk.SMALL.getBytes(UTF_8),
                "POST " + GENERATE + " HTTP/1.1",
                "X-API-Key: " + key.full(),
                "Content-Type: application/json",
                "Idempotency-Key: " + value);
        refused(reply, "Idempotency-Key");
    }

    @Test
    void keys_that_open_nothing() {
        String full = key.full();
        Caller bare = new Caller(gateway.url());
        for (String value : List.of("afk_" + "0".repeat(40), full.substring(1), full + "x", "x".repeat(4000), "null")) {
            Reply reply = desk.as(bare.with("X-API-Key", value)).get("/v2/me");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text()).isEqualTo("{\"error\":\"Invalid API key\"}");
        }
        assertThat(desk.as(bare.with("X-API-Key", "")).get("/v2/me").text())
                .isEqualTo("{\"error\":\"API key is required\"}");
        assertThat(desk.as(bare).get("/v2/no/such/path").status()).isEqualTo(401);
        assertThat(desk.get("/v2/no/such/path").status()).isEqualTo(404);
        assertThat(desk.call("PUT", "/v2/me", "").status()).isEqualTo(405);
    }

    @Test
    void files_that_are_not_taken() {
        for (byte[] bytes : List.of(new byte[0], "<html>".getBytes(UTF_8), "%PDF-1.7".getBytes(UTF_8))) {
            refused(desk.send("/v2/uploads", new Form().file("file", "a.png", bytes)), "file");
        }
        refused(desk.send("/v2/uploads", new Form().file("other", "a.png", Pictures.png())), "file");
        refused(desk.post("/v2/uploads", "{}"), "file");
        refused(
                desk.send(
                        "/v2/uploads",
                        new Form().file("file", "1", Pictures.png()).file("file", "2", Pictures.png())),
                "file");
        refused(desk.send("/v2/loras", Requests.training(31)), "images");
        refused(
                desk.send("/v2/loras", Requests.training(14).file("images", "x", "<html>".getBytes(UTF_8))),
                "images.14");
        refused(desk.send("/v2/loras", Requests.training(15).field("steps", "10")), "steps");
        refused(desk.send("/v2/loras", Requests.training(15).field("steps", "many")), "steps");
        refused(desk.send("/v2/loras", Requests.training(15).field("colour", "red")), "colour");
        refused(desk.send("/v2/loras", new Form().field("name", "Ann").field("gender", "female")), "ethnicity");
    }

    private static void refused(Reply reply, String field) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        JsonNode details = reply.json().path("details");
        assertThat(details.propertyNames())
                .as(reply.toString())
                .anyMatch(path -> path.equals(field) || path.endsWith("." + field) || path.startsWith(field + "."));
        assertThat(reply.bytes().length).isLessThan(SHORT);
        assertThat(reply.header("x-request-id")).isNotEmpty();
    }
}
