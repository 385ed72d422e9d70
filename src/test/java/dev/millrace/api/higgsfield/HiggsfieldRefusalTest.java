package dev.millrace.api.higgsfield;

import static dev.millrace.api.higgsfield.Studio.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.RawCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal has the status and the words that clients of this dialect match on, and creates nothing. */
class HiggsfieldRefusalTest {
    private static final int PER_MINUTE = 600;
    private static final byte[] NOTHING = new byte[0];
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start(@TempDir Path catalog) throws IOException {
        Files.writeString(catalog.resolve("closed.yaml"), """
                models:
                  - id: test/blocked
                    title: Blocked
                    description: Takes no requests for now.
                    owned_by: test
                    modality: image
                    operations: [text2image]
                    status: blocked
                    input: { type: object, required: [prompt], properties: { prompt: { type: string } } }
                    units: { image: { constant: 1 } }
                    prices: { source: Test, date: 2026-11-01, rules: [ { unit: image, usd: "0.01" } ] }
                    timeout: 5m
                    retention: 7d
                  - id: test/disabled
                    title: Disabled
                    description: Takes no requests.
                    owned_by: test
                    modality: image
                    operations: [text2image]
                    status: disabled
                    input: { type: object, required: [prompt], properties: { prompt: { type: string } } }
                    units: { image: { constant: 1 } }
                    prices: { source: Test, date: 2026-11-01, rules: [ { unit: image, usd: "0.01" } ] }
                    timeout: 5m
                    retention: 7d
                """);
        gateway = Gateway.start(Map.of(
                "catalog.directory", catalog.toString(),
                "jobs.max_running", "1",
                "limits.open_jobs", "2",
                "limits.requests_per_minute", String.valueOf(PER_MINUTE),
                "server.max_body_bytes", "100000"));
        key = gateway.customer("5");
        client = Studio.caller(gateway, key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    private record Route(String method, String path, String body) {
        Reply call(Caller caller) {
            return caller.with("Content-Type", "application/json")
                    .call(method, path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static final List<Route> ROUTES = List.of(
            new Route("POST", "/sandbox/image", SMALL),
            new Route("POST", "/sandbox/image", ""),
            new Route("POST", "/no/such/model", "not JSON"),
            new Route("POST", "/estimate/sandbox/image", SMALL),
            new Route("GET", "/models", ""),
            new Route("POST", "/files/generate-upload-url", "{\"content_type\":\"image/png\"}"),
            new Route("GET", "/requests/01890000-0000-7000-8000-000000000000/status", ""),
            new Route("POST", "/requests/01890000-0000-7000-8000-000000000000/cancel", ""),
            new Route("DELETE", "/requests/01890000-0000-7000-8000-000000000000", ""),
            new Route("GET", "/requests/x/status", ""),
            new Route("POST", "/v1/text2image/soul", "{\"params\":" + SMALL + "}"),
            new Route("GET", "/v1/job-sets/x", ""),
            new Route("GET", "/v1/motions", ""),
            new Route("GET", "/v1/text2image/soul-styles", ""),
            new Route("POST", "/v1/custom-references", "not JSON"),
            new Route("GET", "/v1/custom-references/list", ""),
            new Route("GET", "/v1/custom-references/x", ""),
            new Route("DELETE", "/v1/custom-references/x", ""),
            new Route("GET", "/models/sandbox/image/presets", ""),
            new Route("GET", "/marketing-studio/image/presets", ""),
            new Route("POST", "/v1/agent/sessions", ""),
            new Route("GET", "/v1/agent/sessions/s/messages", ""));

    @Test
    void who_asks_is_settled_before_anything_else() {
        NewKey revoked = gateway.anotherKey(key.organization());
        Caller known = Studio.caller(gateway, revoked);
        assertThat(known.get("/models").status()).isEqualTo(200);
        gateway.revoke(revoked.organization(), revoked.id());
        String id = key.id().text();
        String secret = key.secret();
        String typo = secret.substring(0, 5) + (secret.charAt(5) == 'a' ? 'b' : 'a') + secret.substring(6);
        Caller none = new Caller(gateway.url());
        NewKey other = gateway.customer("1");
        List<Caller> strangers = List.of(
                none,
                known,
                none.with("Authorization", ""),
                none.with("Authorization", "Key"),
                none.with("Authorization", "Key " + id),
                none.with("Authorization", "Key " + id + ":"),
                none.with("Authorization", "Key :" + secret),
                none.with("Authorization", "Key " + id + ":" + typo),
                none.with("Authorization", "Key " + id + ":" + other.secret()),
                none.with("Authorization", "Key " + id + ":" + secret + ":x"),
                none.with("Authorization", "Basic " + id + ":" + secret),
                none.with("Authorization", id + ":" + secret),
                none.with("Authorization", "Key " + "x".repeat(5000)),
                none.with("hf-api-key", id),
                none.with("hf-secret", secret),
                none.with("hf-api-key", id).with("hf-secret", typo),
                none.with("hf-api-key", "").with("hf-secret", ""));
        for (Route route : ROUTES) {
            for (Caller stranger : strangers) {
                Reply reply = route.call(stranger);
                assertThat(reply.status()).as(route + " " + reply).isEqualTo(401);
                assertThat(reply.text()).isEqualTo("{\"detail\":\"Invalid credentials\"}");
                assertThat(reply.header("X-Correlation-ID")).isNotEmpty();
            }
        }
        Reply twice = RawCall.send(
                gateway.port(),
                NOTHING,
                "GET /models HTTP/1.1",
                "Authorization: Key " + id + ":" + secret,
                "Authorization: Key " + id + ":" + secret);
        assertThat(twice.status()).isEqualTo(401);
    }

    @Test
    void parameters_are_refused_in_the_words_of_python() {
        String soul = "/higgsfield-ai/soul/standard";
        String[][] wrong = {
            {soul, "{}", ": 'prompt' is a required property"},
            {soul, "{\"prompt\":5}", "prompt: 5 is not of type 'string'"},
            {soul, "{\"prompt\":null}", "prompt: None is not of type 'string'"},
            {soul, "{\"prompt\":\"a\",\"num_images\":\"2\"}", "num_images: '2' is not of type 'integer'"},
            {soul, "{\"prompt\":\"a\",\"num_images\":true}", "num_images: True is not of type 'integer'"},
            {soul, "{\"prompt\":\"a\",\"num_images\":0}", "num_images: 0 is less than the minimum of 1"},
            {soul, "{\"prompt\":\"a\",\"num_images\":9}", "num_images: 9 is greater than the maximum of 4"},
            {soul, "{\"prompt\":\"a\",\"resolution\":\"720p\"}", "resolution: '720p' is not one of ['2K', '4K']"},
            {"/higgsfield-ai/dop/standard", "{\"prompt\":\"a\"}", ": 'image_url' is a required property"},
            {
                "/higgsfield-ai/dop/standard",
                "{\"prompt\":\"a\",\"image_url\":\"https://a.example/b\",\"motions\":[{}]}",
                "motions.0: 'id' is a required property"
            },
            {
                "/kling-video/v2.5-turbo/pro/text-to-video",
                "{\"prompt\":\"it's\",\"duration\":\"5\"}",
                "duration: '5' is not of type 'integer'"
            },
        };
        for (String[] row : wrong) {
            Reply reply = client.post(row[0], row[1]);
            assertThat(reply.status()).as(row[1]).isEqualTo(400);
            assertThat(reply.at("detail")).isEqualTo(row[2]);
            assertThat(client.post("/estimate" + row[0], row[1]).at("detail")).isEqualTo(row[2]);
        }
    }

    @Test
    void envelopes_whose_parts_are_none() {
        String[][] wrong = {
            {"{\"params\":null}", "[\"body\",\"params\"]", "dict_type"},
            {"{\"params\":[]}", "[\"body\",\"params\"]", "dict_type"},
            {"{\"params\":\"a\"}", "[\"body\",\"params\"]", "dict_type"},
            {"{\"params\":{},\"webhook\":\"a\"}", "[\"body\",\"webhook\"]", "dict_type"},
            {"{\"params\":{},\"webhook\":{}}", "[\"body\",\"webhook\",\"url\"]", "missing"},
            {"{\"params\":{},\"webhook\":{\"url\":5}}", "[\"body\",\"webhook\",\"url\"]", "string_type"},
            {
                "{\"params\":{},\"webhook\":{\"url\":\"https://a.example\",\"secret\":\"a\\nb\"}}",
                "[\"body\",\"webhook\",\"secret\"]",
                "string_type"
            },
        };
        for (String[] row : wrong) {
            Reply reply = client.post("/v1/text2image/soul", row[0]);
            assertThat(reply.status()).as(row[0]).isEqualTo(422);
            assertThat(reply.json().path("detail").path(0).path("loc").toString())
                    .isEqualTo(row[1]);
            assertThat(reply.json().path("detail").path(0).path("type").asString(""))
                    .isEqualTo(row[2]);
        }
        refused(client.post("/v1/text2image/soul", "{\"params\":{}}"), 400, ": 'prompt' is a required property");
        Reply inside = client.post(
                "/v1/text2image/soul", "{\"params\":{\"prompt\":\"a\"},\"webhook\":{\"url\":\"http://127.0.0.1/x\"}}");
        assertThat(inside.status()).isEqualTo(400);
        assertThat(inside.at("detail")).startsWith("webhook.url: ");
    }

    @Test
    void agents_are_not_there() {
        for (String[] call : new String[][] {
            {"POST", "/sessions"},
            {"POST", "/sessions/s/messages"},
            {"GET", "/sessions/s/messages"},
            {"POST", "/sessions/s/interrupt"},
            {"POST", "/media"},
            {"POST", "/media/m/confirm"}
        }) {
            Reply reply = client.call(call[0], "/v1/agent" + call[1], NOTHING);
            assertThat(reply.status()).as(call[1]).isEqualTo(403);
            assertThat(reply.at("detail")).startsWith("Agents are not enabled");
        }
    }

    @Test
    void lists_that_are_asked_wrongly() {
        for (String query : List.of("page=0", "page=x", "page_size=0", "page_size=101", "page_size=-1", "page=")) {
            Reply reply = client.get("/v1/custom-references/list?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.at("detail")).startsWith(query.substring(0, query.indexOf('=')) + ": ");
        }
        assertThat(client.get("/marketing-studio/image/presets?size=0").at("detail"))
                .startsWith("size: ");
        assertThat(client.get("/marketing-studio/image/presets?cursor=x").at("detail"))
                .startsWith("cursor: ");
        refused(client.get("/models/no/such/model/presets"), 404, "model_not_found");
        refused(client.get("/models/sandbox/image"), 404, "Not found");
        refused(client.get("/v1/job-sets/x"), 404, "Job set not found");
        assertThat(client.call("PUT", "/v1/custom-references/x", NOTHING).status())
                .isEqualTo(405);
    }

    @Test
    void models_that_take_no_request() {
        for (String path : List.of("/", "/estimate/")) {
            refused(client.post(path + "no/such/model", SMALL), 404, "model_not_found");
            refused(client.post(path + "test/blocked", SMALL), 423, "Model is temporarily blocked");
            refused(client.post(path + "test/disabled", SMALL), 503, "Model is disabled");
        }
    }

    @Test
    void what_is_out_of_money() {
        NewKey poor = gateway.customer("0.09");
        Reply reply = Studio.caller(gateway, poor).post("/higgsfield-ai/soul/standard", "{\"prompt\":\"a\"}");
        refused(reply, 403, "Insufficient credits");
        assertThat(Studio.caller(gateway, poor)
                        .post("/estimate/higgsfield-ai/soul/standard", "{\"prompt\":\"a\"}")
                        .status())
                .isEqualTo(200);
        assertThat(gateway.caller(poor).get("/api/v1/wallet").at("available_usd"))
                .isEqualTo("0.09");
        assertThat(gateway.caller(poor).get("/api/v1/jobs").json().path("data").size())
                .isZero();
    }

    @Test
    void what_is_too_large_or_not_there() {
        Reply large = client.post("/sandbox/image", "{\"prompt\":\"" + "a".repeat(200_000) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.at("detail")).isNotBlank();
        refused(client.get("/no/such/path"), 404, "Not found");
        Reply method = client.call("PUT", "/requests/x/status", NOTHING);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET");
        assertThat(method.at("detail")).isNotBlank();
        assertThat(client.get("/estimate/sandbox/image").status()).isEqualTo(405);
    }

    @Test
    void another_organizations_request_is_none() {
        Reply mine = client.post("/sandbox/image", "{\"prompt\":\"a\",\"size\":\"64x64\"}");
        String request = "/requests/" + mine.at("request_id");
        Caller stranger = Studio.caller(gateway, gateway.customer("1"));
        Reply set = stranger.get("/v1/job-sets/" + mine.at("request_id"));
        refused(set, 404, "Job set not found");
        for (String[] call : new String[][] {{"GET", "/status"}, {"POST", "/cancel"}, {"DELETE", ""}}) {
            Reply foreign = stranger.call(call[0], request + call[1], NOTHING);
            Reply absent = stranger.call(call[0], "/requests/01890000-0000-7000-8000-000000000000" + call[1], NOTHING);
            refused(foreign, 404, "Request not found");
            assertThat(foreign.text()).isEqualTo(absent.text());
        }
        assertThat(Studio.ended(client, request + "/status").at("status")).isEqualTo("completed");
    }

    @Test
    void a_queued_request_is_canceled_and_the_next_is_one_too_many() {
        NewKey busy = gateway.customer("5");
        Caller caller = Studio.caller(gateway, busy);
        String first = caller.post("/sandbox/image", "{\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}")
                .at("request_id");
        Await.until(
                "the first runs",
                () -> caller.get("/requests/" + first + "/status").at("status").equals("in_progress"));
        String second = "/requests/" + caller.post("/sandbox/image", SMALL).at("request_id");
        assertThat(caller.get(second + "/status").at("status")).isEqualTo("queued");
        refused(
                caller.post("/sandbox/image", SMALL),
                400,
                "Maximum number of concurrent requests (2) has been reached");
        assertThat(caller.post("/estimate/sandbox/image", SMALL).status()).isEqualTo(200);
        assertThat(caller.delete(second).status()).isEqualTo(409);
        Reply canceled = caller.post(second + "/cancel", "");
        assertThat(canceled.status()).isEqualTo(202);
        assertThat(caller.get(second + "/status").at("status")).isEqualTo("canceled");
        assertThat(caller.post(second + "/cancel", "").status()).isEqualTo(400);
        String third = "/requests/" + caller.post("/sandbox/image", SMALL).at("request_id");
        assertThat(caller.post(third + "/cancel", "{}").status()).isEqualTo(202);
        gateway.caller(busy).post("/api/v1/jobs/" + first + "/cancel", "");
        assertThat(gateway.caller(busy).get("/api/v1/wallet").at("available_usd"))
                .isEqualTo("5.00");
    }

    @Test
    void a_client_that_waits_as_it_was_told_is_let_in() {
        Caller eager = Studio.caller(gateway, gateway.customer("1"));
        Reply reply = eager.post("/estimate/sandbox/image", SMALL);
        assertThat(reply.header("RateLimit")).isEqualTo("\"requests\";r=" + (PER_MINUTE - 1) + ";t=1");
        for (int i = 0; reply.status() == 200 && i < 10 * PER_MINUTE; i++) {
            reply = eager.post("/estimate/sandbox/image", SMALL);
        }
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.at("detail")).contains(String.valueOf(PER_MINUTE));
        long seconds = Long.parseLong(reply.header("Retry-After"));
        assertThat(seconds).isBetween(1L, 2L);
        assertThat(reply.header("RateLimit")).isEqualTo("\"requests\";r=0;t=" + seconds);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Await.until("the wait is over", () -> System.nanoTime() - until >= 0);
        assertThat(eager.post("/estimate/sandbox/image", SMALL).status()).isEqualTo(200);
    }

    private static void refused(Reply reply, int status, String detail) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo("{\"detail\":\"" + detail + "\"}");
        assertThat(reply.header("X-Correlation-ID")).isNotEmpty();
    }
}
