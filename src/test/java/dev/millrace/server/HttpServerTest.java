package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final Door door = new Door(Door.SHORT, HttpServerTest::routes);

    @AfterEach
    void close() {
        door.close();
    }

    private static void routes(Routes routes) {
        routes.fallback(Door.errors("none"));
        routes.group(Door.errors("one"))
                .get("/one", request -> Response.json(200, Map.of("id", request.id())))
                .post("/one/echo", request -> Response.bytes(200, "application/json", request.body()))
                .post("/one/ignores", request -> Response.text(200, "ok"))
                .get(
                        "/one/base",
                        request -> Response.text(200, request.baseUrl().toString()))
                .get("/one/auth", request -> Response.json(200, Map.of("all", request.headers("authorization"))))
                .get(
                        "/one/query",
                        request -> Response.text(200, request.query("q").orElse("-")))
                .get("/one/bug", request -> {
                    throw new IllegalStateException("secret prompt");
                })
                .get("/one/wait", request -> {
                    throw Problem.of(ProblemCode.RATE_LIMITED, "Slow down.")
                            .withRetryAfter(Duration.ofMillis(1_200))
                            .toException();
                });
        routes.group(Door.errors("two"))
                .post("/two", request -> Response.empty(204))
                .delete("/two", request -> Response.empty(200));
    }

    @Test
    void every_answer_carries_the_request_id() throws IOException {
        for (var reply : List.of(
                door.get("/one"),
                door.get("/nowhere"),
                door.get("/two"),
                door.get("/one/bug"),
                door.get("/one/wait"),
                door.post("/two", ""),
                door.get("/%00"),
                door.ask("GARBAGE\r\n\r\n"),
                door.ask("GET /one HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n"),
                door.ask("GET /one HTTP/1.1\r\n\r\n"))) {
            assertThat(reply.header("X-Request-Id"))
                    .as(reply.head())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
            assertThat(reply.header("X-Correlation-ID")).isEqualTo(reply.header("X-Request-Id"));
        }
        var reply = door.get("/one");
        assertThat(reply.body()).contains(reply.header("X-Request-Id"));
    }

    @Test
    void failures_are_rendered_by_the_group_that_owns_the_path() throws IOException {
        assertThat(door.get("/nowhere").body()).contains("\"none\"", "not_found");
        assertThat(door.get("/two").body()).contains("\"two\"", "method_not_allowed");
        assertThat(door.get("/one/wait").body()).contains("\"one\"", "rate_limited", "Slow down.");
        assertThat(door.ask("GET /one HTTP/1.1\r\n\r\n").body()).contains("\"one\"", "invalid_request");
        assertThat(door.ask("GET /one HTTP/1.0\r\n\r\n").body()).contains("\"one\"", "HTTP/1.1");
        assertThat(door.ask("POST /two HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx")
                        .body())
                .contains("\"two\"", "unsupported_media_type");
    }

    @Test
    void a_bug_is_a_500_that_says_nothing_of_itself() throws IOException {
        var reply = door.get("/one/bug");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body())
                .contains("internal", reply.header("X-Request-Id"))
                .doesNotContain("secret");
    }

    @Test
    void retry_after_is_whole_seconds_rounded_up() throws IOException {
        assertThat(door.get("/one/wait").header("Retry-After")).isEqualTo("2");
        assertThat(RetryAfter.seconds(Duration.ofSeconds(3))).isEqualTo("3");
        assertThat(RetryAfter.seconds(Duration.ofSeconds(-3))).isEqualTo("0");
    }

    @Test
    void methods_are_allowed_listed_and_refused() throws IOException {
        var refused = door.get("/two");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("DELETE, OPTIONS, POST");
        var options = door.ask("OPTIONS /one HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(door.ask("BREW /two HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(405);
    }

    @Test
    void head_is_get_without_the_body() throws IOException {
        try (RawClient client = door.client()) {
            String head = client.send("HEAD /one HTTP/1.1\r\nHost: a\r\n\r\n").head();
            assertThat(RawClient.header(head, "Content-Length")).isEqualTo("45");
            assertThat(client.send("GET /one/query?q=7 HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .body())
                    .isEqualTo("7");
        }
    }

    @Test
    void a_connection_is_kept_and_pipelined() throws IOException {
        try (RawClient client = door.client()) {
            String one = "POST /one/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
            String two = "POST /one/ignores HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nskip";
            client.send(one + two + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + one);
            assertThat(client.read().body()).isEqualTo("abc");
            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(client.read().status()).isEqualTo(404);
            assertThat(client.read().body()).isEqualTo("abc");
            client.send("GET /one HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.read().header("Connection")).isEqualTo("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void links_start_at_the_host_that_the_client_used() throws IOException {
        assertThat(door.ask("GET /one/base HTTP/1.1\r\nHost: API.example:99\r\n\r\n")
                        .body())
                .isEqualTo("http://API.example:99");
        assertThat(door.ask("GET http://other/one/base HTTP/1.1\r\nHost: other\r\n\r\n")
                        .body())
                .isEqualTo("http://other");
        var settings = new ServerSettings(
                "127.0.0.1",
                0,
                URI.create("https://api.example"),
                10,
                8192,
                10,
                10,
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ZERO,
                List.of());
        try (Door outside = new Door(settings, HttpServerTest::routes)) {
            assertThat(outside.get("/one/base").body()).isEqualTo("https://api.example");
        }
    }

    @Test
    void a_dialect_sees_every_authorization_header() throws IOException {
        var reply = door.ask(
                "GET /one/auth HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nauthorization: Key y\r\n\r\n");
        assertThat(reply.body()).isEqualTo("{\"all\":[\"Bearer x\",\"Key y\"]}");
    }

    @Test
    void a_query_that_is_not_utf8_is_refused() throws IOException {
        assertThat(door.get("/one/query?q=%c3%a9").body()).isEqualTo("é");
        assertThat(door.get("/one/query?q=%ff").status()).isEqualTo(400);
        assertThat(door.get("/one/query?q=é").status()).isEqualTo(400);
    }

    @Test
    void requests_are_counted_by_route_and_never_by_path() throws IOException {
        door.get("/one?secret=1");
        door.get("/nowhere/secret");
        door.get("/one/bug");
        door.server.drain(Duration.ofSeconds(5));
        assertThat(door.metrics.get("millrace.http.requests").timers())
                .extracting(timer ->
                        timer.getId().getTag("route") + " " + timer.getId().getTag("status"))
                .containsExactlyInAnyOrder("/one 2xx", "none 4xx", "/one/bug 5xx");
    }
}
