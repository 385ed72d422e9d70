package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.RawCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every refusal has its status and its code, in the shape of its route, and creates nothing. */
class MillraceRefusalTest {
    private static final int PER_MINUTE = 120;
    private static final String CHAT = "/api/v1/chat/completions";
    private static final String GENERATE = "/api/v1/generations";
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"size\":\"64x64\"},\"async\":true}";
    private static final String HELLO =
            "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final byte[] NOTHING = new byte[0];
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    private record Route(String method, String path, String body) {
        Reply call(Caller caller) {
            return caller.with("Content-Type", "application/json")
                    .call(method, path, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final String NONE = "/api/v1/jobs/01890000-0000-7000-8000-000000000000";

    /** Every route that asks who calls. */
    private static final List<Route> ROUTES = List.of(
            new Route("POST", "/api/v1/quotes", "{\"model\":\"sandbox/image\"}"),
            new Route("POST", GENERATE, IMAGE),
            new Route("POST", GENERATE, "not JSON"),
            new Route("POST", "/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\"}"),
            new Route("GET", "/api/v1/videos/generations/01890000-0000-7000-8000-000000000000", ""),
            new Route("POST", CHAT, HELLO),
            new Route("GET", "/api/v1/jobs", ""),
            new Route("GET", "/api/v1/jobs?limit=0", ""),
            new Route("GET", NONE, ""),
            new Route("GET", NONE + "/events", ""),
            new Route("POST", NONE + "/cancel", ""),
            new Route("DELETE", NONE, ""),
            new Route("GET", "/api/v1/wallet", ""),
            new Route("GET", "/api/v1/wallet/transfers", ""),
            new Route("GET", "/api/v1/usage", ""),
            new Route("POST", "/api/v1/organizations", "{\"name\":\"a\"}"));

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
                "limits.open_jobs", "2",
                "limits.live_requests", "1",
                "limits.requests_per_minute", String.valueOf(PER_MINUTE),
                "server.max_body_bytes", "100000"));
        key = gateway.customer("5");
        client = gateway.caller(key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void who_asks_is_settled_before_anything_else() {
        NewKey revoked = gateway.anotherKey(key.organization());
        Caller known = gateway.caller(revoked);
        assertThat(known.get("/api/v1/wallet").status()).isEqualTo(200);
        gateway.revoke(revoked.organization(), revoked.id());
        String full = key.full();
        Caller none = new Caller(gateway.url());
        String typo = full.substring(0, full.length() - 20)
                + (full.charAt(full.length() - 20) == 'a' ? 'b' : 'a')
                + full.substring(full.length() - 19);
        NewKey other = gateway.customer("1");
        List<Caller> strangers = List.of(
                none,
                known,
                none.with("Authorization", ""),
                none.with("Authorization", "Bearer"),
                none.with("Authorization", "Bearer  "),
                none.with("Authorization", full),
                none.with("Authorization", "Bearer" + full),
                none.with("Authorization", "Bearer " + typo),
                none.with("Authorization", "Bearer " + full.substring(0, full.length() - 1)),
                none.with("Authorization", "Bearer mr_" + key.id().text() + "_" + other.secret()),
                none.with("Authorization", "Bearer " + full + " x"),
                none.with("Authorization", "Bearer sp_live_abcdefabcdefabcdefabcdef"),
                none.with("Authorization", "Basic " + full),
                none.with("Authorization", "Bearer " + "x".repeat(5000)),
                none.with("X-API-Key", full));
        for (Route route : ROUTES) {
            for (Caller stranger : strangers) {
                Reply reply = route.call(stranger);
                assertThat(reply.status()).as(route + " " + reply).isEqualTo(401);
                assertThat(code(route.path(), reply))
                        .isEqualTo(route.path().equals(CHAT) ? "invalid_api_key" : "unauthenticated");
                assertThat(reply.text()).doesNotContain("xxxxxxxx").doesNotContain(key.secret());
                assertThat(reply.header("X-Request-Id")).isNotEmpty();
            }
        }
        Reply twice = RawCall.send(
                gateway.port(),
                NOTHING,
                "GET /api/v1/wallet HTTP/1.1",
                "Authorization: Bearer " + full,
                "Authorization: Bearer " + full);
        assertThat(twice.status()).isEqualTo(401);
        for (String spelled : List.of("bearer " + full, "BEARER " + full, "Bearer   " + full)) {
            assertThat(none.with("Authorization", spelled).get("/api/v1/wallet").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void models_that_take_no_request() {
        String[][] models = {
            {"no/such/model", "404", "model_not_found"},
            {"test/blocked", "423", "model_blocked"},
            {"test/disabled", "503", "model_disabled"},
        };
        for (String[] model : models) {
            String json = "{\"model\":\"" + model[0] + "\",\"prompt\":\"a\"}";
            for (String path : List.of(GENERATE, "/api/v1/quotes", "/api/v1/videos/generations")) {
                boolean kind = path.contains("videos") && !model[0].startsWith("no");
                Reply reply = client.post(path, json);
                assertThat(reply.status()).as(reply.toString()).isEqualTo(Integer.parseInt(model[1]));
                assertThat(code(path, reply)).as(path + kind).isEqualTo(model[2]);
            }
        }
        Reply chat = client.post(CHAT, HELLO.replace("sandbox/text", "sandbox/txt"));
        assertThat(chat.status()).isEqualTo(404);
        assertThat(code(CHAT, chat)).isEqualTo("model_not_found");
        assertThat(chat.json().path("error").path("message").asString("")).contains("sandbox/text");
    }

    @Test
    void what_is_out_of_money_says_what_there_is_and_what_is_needed() {
        Caller poor = gateway.caller(gateway.customer("0.0001"));
        Reply image = poor.post(GENERATE, IMAGE);
        assertThat(image.status()).isEqualTo(402);
        assertThat(code(GENERATE, image)).isEqualTo("insufficient_funds");
        assertThat(image.at("balance_usd")).isEqualTo("0.0001");
        assertThat(image.at("required_usd")).isEqualTo("0.01");
        assertThat(image.at("held_usd")).isEqualTo("0.00");
        Reply chat = poor.post(CHAT, HELLO);
        assertThat(chat.status()).isEqualTo(402);
        assertThat(code(CHAT, chat)).isEqualTo("insufficient_credits");
        Reply streamed = poor.post(CHAT, HELLO.replace("}]", "}],\"stream\":true"));
        assertThat(streamed.status()).as("refused before the stream begins").isEqualTo(402);
        assertThat(poor.get("/api/v1/jobs").json().path("data").size()).isZero();
        assertThat(poor.get("/api/v1/wallet").at("available_usd")).isEqualTo("0.0001");
    }

    @Test
    void what_is_too_large_or_not_there() {
        String large = "{\"model\":\"sandbox/text\",\"prompt\":\"" + "a".repeat(200_000) + "\"}";
        for (String path : List.of(GENERATE, CHAT, "/api/v1/quotes")) {
            Reply reply = client.post(path, large);
            assertThat(reply.status()).isEqualTo(413);
            assertThat(code(path, reply)).isEqualTo("payload_too_large");
        }
        for (String path : List.of("/api/v1/nothing", "/api/v1", "/api/x/y")) {
            Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(code(path, reply)).isEqualTo("not_found");
        }
        for (String path : List.of("/api/v1/wallet", CHAT, "/api/v1/jobs")) {
            Reply reply = client.call("PATCH", path, NOTHING);
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isNotEmpty();
            assertThat(code(path, reply)).isEqualTo("method_not_allowed");
        }
    }

    @Test
    void another_organizations_job_is_none() {
        Reply mine = client.post(GENERATE, IMAGE);
        assertThat(mine.status()).as(mine.toString()).isEqualTo(202);
        Caller stranger = gateway.caller(gateway.customer("1"));
        String job = "/api/v1/jobs/" + mine.at("id");
        for (String[] call : new String[][] {{"GET", ""}, {"GET", "/events"}, {"POST", "/cancel"}, {"DELETE", ""}}) {
            Reply foreign = stranger.call(call[0], job + call[1], NOTHING);
            Reply absent = stranger.call(call[0], NONE + call[1], NOTHING);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(withoutId(foreign)).isEqualTo(withoutId(absent));
        }
        assertThat(stranger.get("/api/v1/videos/generations/" + mine.at("id")).status())
                .isEqualTo(404);
        Await.until("my job ends", () -> client.get(job).at("status").equals("completed"));
    }

    private static String withoutId(Reply reply) {
        return reply.text().replace(reply.header("X-Request-Id"), "");
    }

    @Test
    void a_job_more_than_may_be_open_is_told_to_wait() {
        Caller busy = gateway.caller(gateway.customer("5"));
        String endless = "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}";
        List<String> jobs = List.of(
                busy.post("/api/v1/videos/generations", endless).at("id"),
                busy.post("/api/v1/videos/generations", endless).at("id"));
        Reply third = busy.post(GENERATE, IMAGE);
        assertThat(third.status()).isEqualTo(429);
        assertThat(code(GENERATE, third)).isEqualTo("concurrency_reached");
        assertThat(third.json().path("limit").asInt(0)).isEqualTo(2);
        assertThat(Long.parseLong(third.header("Retry-After"))).isPositive();
        jobs.forEach(job -> assertThat(
                        busy.post("/api/v1/jobs/" + job + "/cancel", "").status())
                .isEqualTo(200));
        assertThat(busy.post(GENERATE, IMAGE).status()).isEqualTo(202);
        Await.until("it ends", () -> gateway.openHolds() == 0);
    }

    @Test
    void a_live_request_more_than_may_run_is_told_to_wait_until_the_other_hangs_up() throws IOException {
        NewKey busy = gateway.customer("1");
        String stalling = HELLO.replace("}]", "}],\"stream\":true,\"sandbox\":{\"never_finish\":true}");
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            first.getOutputStream()
                    .write(("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + busy.full()
                                    + "\r\nContent-Length: " + stalling.length() + "\r\n\r\n" + stalling)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().read()).as("the head is out").isEqualTo('H');
            Reply second = gateway.caller(busy).post(CHAT, HELLO);
            assertThat(second.status()).isEqualTo(429);
            assertThat(code(CHAT, second)).isEqualTo("rate_limit_exceeded");
            assertThat(second.json().path("error").path("message").asString("")).contains("1 live requests");
            assertThat(second.header("Retry-After")).isEqualTo("1");
        }
        Await.until("the stalled one is ended", () -> gateway.openHolds() == 0);
        // Its place is given back just behind its hold.
        Await.until(
                "its place is free",
                () -> gateway.caller(busy).post(CHAT, HELLO).status() == 200);
    }

    @Test
    void a_client_that_hangs_up_before_its_whole_answer_stops_the_upstream_and_frees_its_place() throws IOException {
        NewKey busy = gateway.customer("1");
        String stalling = HELLO.replace("}]", "}],\"sandbox\":{\"never_finish\":true}");
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            first.getOutputStream()
                    .write(("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + busy.full()
                                    + "\r\nContent-Length: " + stalling.length() + "\r\n\r\n" + stalling)
                            .getBytes(StandardCharsets.US_ASCII));
            Await.until("it runs", () -> gateway.openHolds() == 1);
            assertThat(gateway.caller(busy).post(CHAT, HELLO).status()).isEqualTo(429);
        }
        Await.until("the stalled one is ended", () -> gateway.openHolds() == 0);
        // Its place is given back just behind its hold.
        Await.until(
                "its place is free",
                () -> gateway.caller(busy).post(CHAT, HELLO).status() == 200);
    }

    @Test
    void a_client_that_waits_as_it_was_told_is_let_in() {
        Caller eager = gateway.caller(gateway.customer("1"));
        String quote = "{\"model\":\"sandbox/image\"}";
        Reply reply = eager.post("/api/v1/quotes", quote);
        rateIs(reply, PER_MINUTE - 1, 1);
        rateIs(eager.post("/api/v1/quotes", "{}"), -1, 0);
        for (int i = 0; reply.status() == 201 && i < 10 * PER_MINUTE; i++) {
            reply = eager.post("/api/v1/quotes", quote);
        }
        assertThat(reply.status()).isEqualTo(429);
        assertThat(code("", reply)).isEqualTo("rate_limited");
        Reply chat = eager.post(CHAT, HELLO);
        assertThat(chat.status()).isEqualTo(429);
        assertThat(code(CHAT, chat)).isEqualTo("rate_limit_exceeded");
        long seconds = Long.parseLong(chat.header("Retry-After"));
        assertThat(seconds).isBetween(1L, 2L);
        rateIs(chat, 0, seconds);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Await.until("the wait is over", () -> System.nanoTime() - until >= 0);
        assertThat(eager.post(CHAT, HELLO).status()).isEqualTo(200);
    }

    /** @param remaining -1 when nothing is to be said of the rate, for the request was not counted */
    private static void rateIs(Reply reply, long remaining, long seconds) {
        boolean counted = remaining >= 0;
        assertThat(reply.header("RateLimit-Policy"))
                .as(reply.toString())
                .isEqualTo(counted ? "\"requests\";q=" + PER_MINUTE + ";w=60" : "");
        assertThat(reply.header("RateLimit")).isEqualTo(counted ? "\"requests\";r=" + remaining + ";t=" + seconds : "");
        assertThat(reply.header("x-ratelimit-remaining-requests")).isEqualTo(counted ? "" + remaining : "");
        assertThat(reply.header("x-ratelimit-limit-requests")).isEqualTo(counted ? "" + PER_MINUTE : "");
        assertThat(reply.header("x-ratelimit-reset-requests")).isEqualTo(counted ? seconds + "s" : "");
    }

    private static String code(String path, Reply reply) {
        JsonNode body = reply.json();
        if (path.equals(CHAT)) {
            assertThat(body.path("error").path("message").asString("")).isNotBlank();
            return body.path("error").path("code").asString("");
        }
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(body.path("type").asString("")).startsWith("urn:millrace:problem:");
        assertThat(body.path("title").asString("")).isNotBlank();
        assertThat(body.path("detail").asString("")).isNotBlank();
        assertThat(body.path("status").asInt(0)).isEqualTo(reply.status());
        return body.path("code").asString("");
    }
}
