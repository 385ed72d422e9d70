package dev.millrace.api.millrace.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
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

/** Bad input to OpenRouter's routes is refused in their shape, by the field's name, and leaves nothing behind. */
class OpenRouterBadInputTest {
    private static final int SHORT = 4_000;
    private static final String VIDEOS = "/api/v1/videos";
    private static final String ABSENT = "01890000-0000-7000-8000-000000000000";
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("10");
        client = gateway.caller(key);
    }

    @AfterAll
    static void nothing_was_left_behind() {
        try (Gateway closed = gateway) {
            assertThat(closed.jobs()).as("jobs").allMatch(job -> job.contains("nsfw"));
            assertThat(closed.openHolds()).as("open holds").isZero();
            assertThat(client.get("/api/v1/wallet").at("available_usd")).isEqualTo("10.00");
            closed.check();
        }
    }

    static Stream<BadInputs.Body> bodies() {
        return BadInputs.bodies("\"model\":\"sandbox/video\"").stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_not_the_right_json(BadInputs.Body body) {
        Reply reply = client.post(VIDEOS, body.bytes());
        refused(reply, 400, "");
        assertThat(error(reply).path("metadata").path("error_type").asString()).isEqualTo("invalid_json");
    }

    static Stream<BadInputs.Parameters> parameters() {
        return Stream.concat(BadInputs.parameters().stream(), BadInputs.unknownNames().stream())
                .filter(wrong -> wrong.model().equals("sandbox/video"))
                // A shared name may be absent as null, and a number as text is a number.
                .filter(wrong ->
                        !wrong.json().contains(":null") && !wrong.json().contains(":\"5\""));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameters_that_the_model_refuses(BadInputs.Parameters wrong) {
        Reply reply = client.post(
                VIDEOS, "{\"model\":\"sandbox/video\"," + wrong.json().substring(1));
        refused(reply, 400, wrong.field());
    }

    @Test
    void fields_that_a_video_can_not_have() {
        String[][] wrong = {
            {"\"frame_images\":5", "frame_images"},
            {"\"frame_images\":[5]", "frame_images.0"},
            {"\"frame_images\":[{}]", "frame_images.0.frame_type"},
            {"\"frame_images\":[{\"frame_type\":\"middle\"}]", "frame_images.0.frame_type"},
            {"\"frame_images\":[{\"frame_type\":\"first_frame\"}]", "frame_images.0.image_url.url"},
            {"\"frame_images\":[{\"frame_type\":\"first_frame\",\"image_url\":{\"url\":5}}]", "image_url.url"},
            {
                "\"frame_images\":[{\"frame_type\":\"last_frame\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]",
                "frame_images.0"
            },
            {"\"input_references\":{}", "input_references"},
            {"\"input_references\":[{\"type\":\"text\"}]", "input_references.0.type"},
            {
                "\"input_references\":[{\"type\":\"audio_url\",\"audio_url\":{\"url\":\"https://example.com/a.mp3\"}}]",
                "input_references.0"
            },
            {"\"previous_job_id\":5", "previous_job_id"},
            {"\"previous_job_id\":\"x\"", "previous_job_id"},
            {"\"previous_job_id\":\"" + ABSENT + "\"", "previous_job_id"},
            {"\"callback_url\":5", "callback_url"},
            {"\"provider\":5", "provider"},
            {"\"provider\":{\"options\":{\"x\":{}}}", "provider.options"},
            {"\"upscale_factor\":2", "upscale_factor"},
            {"\"generate_audio\":true", "generate_audio"},
            {"\"duraton\":2", "duraton"},
            {"\"duration\":1e999999999", "duration"},
            {"\"duration\":1e-999999999", "duration"},
            {"\"resolution\":1e999999999", "resolution"},
            {"\"size\":1e999999999", "size"},
            {"\"size\":\"0x0\"", "size"},
            {"\"aspect_ratio\":\"0:0\"", "aspect_ratio"},
            {"\"seed\":1e400", "seed"},
        };
        for (String[] one : wrong) {
            Reply reply = client.post(VIDEOS, "{\"model\":\"sandbox/video\",\"prompt\":\"a\"," + one[0] + "}");
            refused(reply, 400, one[1]);
        }
        refused(client.post(VIDEOS, "{\"prompt\":\"a\"}"), 400, "model");
        refused(client.post(VIDEOS, "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}"), 400, "model");
        refused(client.post(VIDEOS, "{\"model\":\"sandbox/text\",\"prompt\":\"a\"}"), 400, "model");
        refused(client.post(VIDEOS, "{\"model\":\"no/such\",\"prompt\":\"a\"}"), 404, "model");
        refused(
                client.with("X-Priority", "urgent").post(VIDEOS, "{\"model\":\"sandbox/video\",\"prompt\":\"a\"}"),
                400,
                "X-Priority");
    }

    static Stream<String> urls() {
        return BadInputs.urls().stream().filter(url -> !url.startsWith("data:"));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void a_url_that_leads_where_nothing_may_be_fetched_or_told(String url) {
        String text = "\"" + url.replace("\\", "\\\\").replace("\n", "\\n") + "\"";
        String whole = "{\"model\":\"sandbox/video\",\"prompt\":\"a\",";
        refused(
                client.post(
                        VIDEOS,
                        whole
                                + "\"frame_images\":[{\"type\":\"image_url\",\"frame_type\":\"first_frame\",\"image_url\":{\"url\":"
                                + text + "}}]}"),
                400,
                "");
        refused(client.post(VIDEOS, whole + "\"callback_url\":" + text + "}"), 400, "callback_url");
    }

    static Stream<String> ids() {
        return BadInputs.ids().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_id_of_nothing(String id) {
        refused(client.get(VIDEOS + "/" + id), 404, "");
        refused(client.get(VIDEOS + "/" + id + "/content"), 404, "");
        refused(client.get("/api/v1/generation?id=" + id), 404, "");
        refused(client.get("/api/v1/models/" + id + "/" + id + "/endpoints"), 404, "");
    }

    static Stream<String> idempotencyKeys() {
        return BadInputs.idempotencyKeys().stream();
    }

    @ParameterizedTest
    @MethodSource("idempotencyKeys")
    void an_idempotency_key_that_is_none(String value) {
        byte[] body =
                "{\"model\":\"sandbox/video\",\"prompt\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Reply reply = RawCall.send(
                gateway.port(),
                body,
                "POST " + VIDEOS + " HTTP/1.1",
                "Authorization: Bearer " + key.full(),
                "Content-Type: application/json",
                "Content-Length: " + body.length,
                "Idempotency-Key: " + value);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    }

    @Test
    void who_asks_is_settled_before_anything_else() {
        NewKey revoked = gateway.anotherKey(key.organization());
        gateway.revoke(revoked.organization(), revoked.id());
        Caller none = client.bare();
        List<Caller> strangers = List.of(
                none,
                gateway.caller(revoked),
                none.with("Authorization", "Bearer"),
                none.with("Authorization", key.full()),
                none.with("Authorization", "Bearer " + key.full() + "x"),
                none.with("Authorization", "Basic " + key.full()));
        for (Caller stranger : strangers) {
            for (String path : List.of(
                    "/key", "/credits", "/generation", "/models/user", "/videos/" + ABSENT, "/videos/x/content")) {
                refused(stranger.get("/api/v1" + path), 401, "");
            }
            refused(stranger.post(VIDEOS, "not JSON"), 401, "");
        }
    }

    @Test
    void another_organizations_video_is_none() {
        Caller rich = gateway.caller(gateway.customer("1"));
        String id = rich.post(
                        VIDEOS,
                        "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1,\"sandbox\":{\"nsfw\":\"input\"}}")
                .at("id");
        for (String path : List.of(VIDEOS + "/" + id, VIDEOS + "/" + id + "/content", "/api/v1/generation?id=" + id)) {
            Reply foreign = client.get(path);
            refused(foreign, 404, "");
            Reply absent = client.get(path.replace(id, ABSENT));
            assertThat(error(foreign).path("message")).isEqualTo(error(absent).path("message"));
        }
        refused(
                client.post(
                        VIDEOS, "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"previous_job_id\":\"" + id + "\"}"),
                400,
                "previous_job_id");
    }

    private static JsonNode error(Reply reply) {
        return reply.json().path("error");
    }

    private static void refused(Reply reply, int status, String field) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.bytes().length).as(reply.toString()).isLessThan(SHORT);
        assertThat(error(reply).path("code").asInt(0)).as(reply.toString()).isEqualTo(status);
        assertThat(error(reply).path("message").asString("")).isNotBlank();
        if (!field.isEmpty()) {
            assertThat(error(reply).path("metadata").path("field").asString(""))
                    .as(reply.toString())
                    .contains(field);
        }
    }
}
