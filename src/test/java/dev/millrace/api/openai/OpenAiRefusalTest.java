package dev.millrace.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every refusal of every route has its status, type, code and param, and creates nothing that is charged. */
class OpenAiRefusalTest {
    private static final String NO_VIDEO = "/v1/videos/video_01890000-0000-7000-8000-000000000000";
    private static final String IMAGE = "\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"";
    private static final String SPEECH = "\"model\":\"tts-1\",\"input\":\"Hi.\",\"voice\":\"alloy\"";
    private static final String VIDEO = "\"model\":\"sandbox/video\",\"prompt\":\"a\"";
    private static Gateway gateway;
    private static Caller client;
    private static Caller poor;

    private record Route(String method, String path, String body) {
        Reply call(Caller caller) {
            return caller.with("Content-Type", "application/json")
                    .call(method, path, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Every route that asks who calls. */
    private static final List<Route> ROUTES = List.of(
            new Route("POST", "/v1/images/generations", "{" + IMAGE + "}"),
            new Route("POST", "/v1/images/generations", "no JSON"),
            new Route("POST", "/v1/images/edits", "{" + IMAGE + "}"),
            new Route("POST", "/v1/images/variations", "{}"),
            new Route("POST", "/v1/audio/speech", "{" + SPEECH + "}"),
            new Route("POST", "/v1/audio/transcriptions", "{}"),
            new Route("POST", "/v1/audio/translations", "{}"),
            new Route("POST", "/v1/videos", "{" + VIDEO + "}"),
            new Route("GET", "/v1/videos", ""),
            new Route("GET", NO_VIDEO, ""),
            new Route("DELETE", NO_VIDEO, ""),
            new Route("GET", NO_VIDEO + "/content", ""),
            new Route("POST", NO_VIDEO + "/remix", "{\"prompt\":\"a\"}"),
            new Route("POST", "/v1/videos/edits", "{}"),
            new Route("GET", "/v1/models", ""),
            new Route("GET", "/v1/models/tts-1", ""),
            new Route("POST", "/api/v1/images/generations", "{" + IMAGE + "}"),
            new Route("POST", "/v1/chat/completions", "{}"));

    /** What is asked, and the refusal: status, type, code, param. */
    private record Case(String method, String path, String body, int status, String type, String code, String param) {
        static Case post(String path, String body, int status, String type, String code, String param) {
            return new Case("POST", path, "{" + body + "}", status, type, code, param);
        }

        static Case get(String path, int status, String code, String param) {
            return new Case("GET", path, "", status, "invalid_request_error", code, param);
        }

        @Override
        public String toString() {
            return method + " " + path + " " + body + " → " + status + " " + code;
        }
    }

    private static Case image(String more, int status, String type, String code, String param) {
        return Case.post("/v1/images/generations", IMAGE + more, status, type, code, param);
    }

    private static Case told(String instructions, int status, String type, String code) {
        return image(",\"sandbox\":{" + instructions + "}", status, type, code, "");
    }

    static Stream<Case> cases() {
        String wrong = "invalid_request_error";
        String parameter = "invalid_parameter";
        String server = "server_error";
        return Stream.of(
                Case.post("/v1/images/generations", "\"prompt\":\"a\",", 400, wrong, "invalid_json", ""),
                Case.post("/v1/images/generations", "\"model\":\"sandbox/image\"", 400, wrong, parameter, "prompt"),
                Case.post("/v1/images/generations", "\"model\":7,\"prompt\":\"a\"", 400, wrong, parameter, "model"),
                Case.post(
                        "/v1/images/generations",
                        "\"model\":\"gpt-image-0\",\"prompt\":\"a\"",
                        404,
                        wrong,
                        "model_not_found",
                        "model"),
                Case.post(
                        "/v1/images/generations",
                        "\"model\":\"tts-1\",\"prompt\":\"a\"",
                        400,
                        wrong,
                        parameter,
                        "model"),
                Case.post(
                        "/v1/images/generations",
                        "\"model\":\"test/blocked\",\"prompt\":\"a\"",
                        503,
                        server,
                        "model_blocked",
                        ""),
                Case.post(
                        "/v1/images/generations",
                        "\"model\":\"test/disabled\",\"prompt\":\"a\"",
                        503,
                        server,
                        "model_disabled",
                        ""),
                image(",\"n\":0", 400, wrong, parameter, "n"),
                image(",\"n\":\"2\"", 400, wrong, parameter, "n"),
                image(",\"response_format\":\"png\"", 400, wrong, parameter, "response_format"),
                image(",\"stream\":\"yes\"", 400, wrong, parameter, "stream"),
                image(",\"partial_images\":4", 400, wrong, parameter, "partial_images"),
                image(",\"background\":\"transparent\"", 400, wrong, parameter, "background"),
                image(",\"prompts\":\"b\"", 400, wrong, parameter, "prompts"),
                told("\"nsfw\":true", 400, wrong, "moderation_blocked"),
                told("\"fail\":\"upstream_error\"", 502, server, "upstream_error"),
                told("\"fail\":\"no_capacity\"", 503, server, "no_capacity"),
                told("\"fail\":\"timeout\"", 504, server, "upstream_timeout"),
                told("\"never_finish\":true", 504, server, "upstream_timeout"),
                Case.post(
                        "/v1/images/edits",
                        "\"model\":\"gpt-image-1\",\"prompt\":\"a\"",
                        400,
                        wrong,
                        parameter,
                        "image"),
                Case.post(
                        "/v1/images/edits",
                        "\"model\":\"gpt-image-1\",\"prompt\":\"a\",\"image\":[7]",
                        400,
                        wrong,
                        parameter,
                        "image"),
                Case.post(
                        "/v1/images/edits",
                        "\"model\":\"gpt-image-1\",\"prompt\":\"a\",\"images\":[{\"file_id\":\"f\"}]",
                        400,
                        wrong,
                        parameter,
                        "images.file_id"),
                Case.post(
                        "/v1/images/edits",
                        "\"model\":\"gpt-image-1\",\"prompt\":\"a\",\"image\":\"http://127.0.0.1/a.png\"",
                        400,
                        wrong,
                        parameter,
                        "image.0"),
                Case.post("/v1/images/variations", "", 404, wrong, "not_found", ""),
                Case.post(
                        "/v1/audio/speech", "\"model\":\"tts-1\",\"voice\":\"alloy\"", 400, wrong, parameter, "input"),
                Case.post("/v1/audio/speech", "\"model\":\"tts-1\",\"input\":\"a\"", 400, wrong, parameter, "voice"),
                Case.post(
                        "/v1/audio/speech",
                        SPEECH + ",\"response_format\":\"aac\"",
                        400,
                        wrong,
                        parameter,
                        "response_format"),
                Case.post("/v1/audio/speech", SPEECH + ",\"speed\":9", 400, wrong, parameter, "speed"),
                Case.post(
                        "/v1/audio/speech",
                        SPEECH + ",\"stream_format\":\"sse\"",
                        400,
                        wrong,
                        parameter,
                        "stream_format"),
                Case.post(
                        "/v1/audio/speech",
                        SPEECH + ",\"instructions\":\"calm\"",
                        400,
                        wrong,
                        parameter,
                        "instructions"),
                Case.post("/v1/audio/speech", SPEECH.replace("alloy", "nobody"), 400, wrong, parameter, "voice"),
                Case.post("/v1/audio/speech", SPEECH.replace("Hi.", "a".repeat(4097)), 400, wrong, parameter, "input"),
                Case.post("/v1/audio/transcriptions", "\"model\":\"whisper-1\"", 400, wrong, parameter, "file"),
                Case.post(
                        "/v1/audio/transcriptions",
                        "\"model\":\"whisper-1\",\"response_format\":\"diarized_json\"",
                        400,
                        wrong,
                        parameter,
                        "response_format"),
                Case.post(
                        "/v1/audio/transcriptions",
                        "\"model\":\"whisper-1\",\"include\":[\"logprobs\"]",
                        400,
                        wrong,
                        parameter,
                        "include"),
                Case.post("/v1/audio/translations", "", 404, wrong, "not_found", ""),
                Case.post("/v1/videos", "\"model\":\"sandbox/video\"", 400, wrong, parameter, "prompt"),
                Case.post("/v1/videos", VIDEO + ",\"seconds\":\"99\"", 400, wrong, parameter, "seconds"),
                Case.post(
                        "/v1/videos",
                        VIDEO + ",\"input_reference\":{\"file_id\":\"a\"}",
                        400,
                        wrong,
                        parameter,
                        "input_reference.file_id"),
                Case.post(NO_VIDEO + "/remix", "\"prompt\":\"a\"", 404, wrong, "not_found", ""),
                Case.post("/v1/videos/edits", "", 404, wrong, "not_found", ""),
                Case.get(NO_VIDEO, 404, "not_found", ""),
                Case.get("/v1/videos/none", 404, "not_found", ""),
                Case.get(NO_VIDEO + "/content", 404, "not_found", ""),
                Case.get("/v1/videos?limit=0", 400, parameter, "limit"),
                Case.get("/v1/videos?after=none", 400, parameter, "after"),
                Case.get("/v1/models/gpt-image-0", 404, "model_not_found", "model"),
                new Case("DELETE", NO_VIDEO, "", 404, wrong, "not_found", ""),
                new Case("PUT", "/v1/images/generations", "", 405, wrong, "method_not_allowed", ""));
    }

    @BeforeAll
    static void start(@TempDir Path catalog) throws IOException {
        StringBuilder models = new StringBuilder("models:\n");
        for (String status : List.of("blocked", "disabled")) {
            models.append("""
                      - id: test/%s
                        title: Closed
                        description: Takes no requests.
                        owned_by: test
                        modality: image
                        operations: [text2image]
                        status: %s
                        input: { type: object, required: [prompt], properties: { prompt: { type: string } } }
                        units: { image: { constant: 1 } }
                        prices: { source: Test, date: 2026-11-01, rules: [ { unit: image, usd: "0.01" } ] }
                        timeout: 5m
                        retention: 7d
                    """.formatted(status, status).indent(0));
        }
        Files.writeString(catalog.resolve("closed.yaml"), models.toString());
        gateway = Gateway.start(Map.of("catalog.directory", catalog.toString(), "openai.patience", "500ms"));
        client = gateway.caller(gateway.customer("50"));
        poor = gateway.caller(gateway.customer("0.000001"));
    }

    @AfterAll
    static void end() {
        try {
            for (String state : List.of("running", "queued")) {
                client.get("/api/v1/jobs?status=" + state)
                        .json()
                        .path("data")
                        .forEach(job ->
                                client.post("/api/v1/jobs/" + job.path("id").asString("") + "/cancel", ""));
            }
            gateway.check();
        } finally {
            gateway.close();
        }
    }

    @Test
    void a_wrong_key_is_told_on_every_route_before_anything_else() {
        for (Route route : ROUTES) {
            for (Caller stranger : List.of(client.bare(), client.bare().with("Authorization", "Bearer mr_no_key"))) {
                Reply reply = route.call(stranger);
                assertThat(reply.status()).as(route.path()).isEqualTo(401);
                JsonNode error = reply.json().path("error");
                assertThat(error.path("type").asString("")).isEqualTo("authentication_error");
                assertThat(error.path("code").asString("")).isEqualTo("invalid_api_key");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_refused_as_the_dialect_says(Case wrong) {
        Reply reply = client.with("Content-Type", "application/json")
                .call(wrong.method(), wrong.path(), wrong.body().getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(wrong.status());
        JsonNode error = reply.json().path("error");
        assertThat(error.path("type").asString("")).isEqualTo(wrong.type());
        assertThat(error.path("code").asString("")).isEqualTo(wrong.code());
        assertThat(error.path("param").asString("")).isEqualTo(wrong.param());
        assertThat(error.path("message").asString("")).isNotBlank();
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
    }

    @Test
    void what_the_wallet_does_not_cover_is_a_quota_and_not_to_be_sent_again() {
        for (Reply reply : List.of(
                poor.post("/v1/images/generations", "{" + IMAGE + "}"),
                poor.post("/v1/videos", "{" + VIDEO + "}"),
                poor.post("/v1/audio/speech", "{" + SPEECH + "}"))) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(429);
            assertThat(reply.header("x-should-retry")).isEqualTo("false");
            JsonNode error = reply.json().path("error");
            assertThat(error.path("type").asString("")).isEqualTo("insufficient_quota");
            assertThat(error.path("code").asString("")).isEqualTo("insufficient_quota");
            assertThat(error.path("required_usd").asString("")).isNotEmpty();
        }
    }

    @Test
    void a_job_that_is_not_done_in_time_is_named_and_goes_on() {
        Reply reply = client.post("/v1/images/generations", "{" + IMAGE + ",\"sandbox\":{\"never_finish\":true}}");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
        String job = reply.json().path("error").path("job_id").asString("");
        assertThat(reply.json().path("error").path("message").asString("")).contains("/api/v1/jobs/" + job);
        assertThat(client.get("/api/v1/jobs/" + job).at("status")).isEqualTo("running");
        assertThat(client.post("/api/v1/jobs/" + job + "/cancel", "").at("status"))
                .isEqualTo("canceled");
    }

    @Test
    void a_video_that_is_not_ready_or_never_will_be_says_so() {
        String open = client.post("/v1/videos", "{" + VIDEO + ",\"sandbox\":{\"never_finish\":true}}")
                .at("id");
        for (Reply reply :
                List.of(client.get("/v1/videos/" + open + "/content"), client.delete("/v1/videos/" + open))) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.header("x-should-retry")).isEqualTo("false");
            assertThat(reply.json().path("error").path("code").asString("")).isEqualTo("not_finished");
        }
        client.post("/api/v1/jobs/" + open.substring("video_".length()) + "/cancel", "");
        JsonNode canceled = client.get("/v1/videos/" + open).json();
        assertThat(canceled.path("status").asString("")).isEqualTo("failed");
        assertThat(canceled.path("error").path("code").asString("")).isEqualTo("canceled");
        assertThat(client.get("/v1/videos/" + open + "/content").status()).isEqualTo(404);
    }

    @Test
    void another_organization_sees_nothing() {
        String id = client.post("/v1/videos", "{" + VIDEO + ",\"sandbox\":{\"noop\":true}}")
                .at("id");
        Caller other = gateway.caller(gateway.customer("1"));
        assertThat(other.get("/v1/videos/" + id).status()).isEqualTo(404);
        assertThat(other.get("/v1/videos?after=" + id).status()).isEqualTo(400);
        assertThat(other.delete("/v1/videos/" + id).status()).isEqualTo(404);
        assertThat(other.post("/v1/videos/" + id + "/remix", "{\"prompt\":\"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/v1/videos").json().path("data").size()).isZero();
    }

    @Test
    void a_file_that_is_refused_is_not_kept() {
        long before = uploads();
        Reply wrong = new Parts()
                .value("model", "whisper-1")
                .value("language", "x1")
                .file(
                        "file",
                        "a.wav",
                        "audio/wav",
                        client.post("/v1/audio/speech", "{" + SPEECH + ",\"response_format\":\"wav\"}")
                                .bytes())
                .post(client, "/v1/audio/transcriptions");
        assertThat(wrong.json().path("error").path("param").asString("")).isEqualTo("language");
        Reply text = new Parts()
                .value("model", "whisper-1")
                .file("file", "a.wav", "audio/wav", "no recording".getBytes(StandardCharsets.UTF_8))
                .post(client, "/v1/audio/transcriptions");
        assertThat(text.json().path("error").path("param").asString("")).isEqualTo("file");
        assertThat(uploads()).isEqualTo(before);
    }

    private static long uploads() {
        return gateway.database().read(tx -> tx.count("select count(*) from assets where kind = 'upload'"));
    }
}
