package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLimitsTest {
    private final CountDownLatch held = new CountDownLatch(1);
    private final Door door = new Door(Door.SHORT, this::routes);

    @AfterEach
    void close() {
        held.countDown();
        door.close();
    }

    private void routes(Routes routes) {
        routes.fallback(Door.errors("none"));
        routes.group(Door.errors("a"))
                .get("/ok", request -> Response.text(200, "ok"))
                .post("/echo", request -> Response.bytes(200, "text/plain", request.body()))
                .post("/count", request -> Response.text(200, "" + count(request)))
                .post("/ignores", request -> Response.text(200, "ok"))
                .get("/large", request -> Response.bytes(200, "text/plain", new byte[50_000_000]))
                .get("/hold", request -> {
                    held.await();
                    return Response.text(200, "held");
                });
    }

    private static long count(Request request) throws IOException {
        try (var in = request.stream(1_000_000)) {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void a_body_above_the_limit_is_413_and_nothing_of_it_is_taken() throws IOException {
        assertThat(door.post("/echo", "x".repeat(100_000)).status()).isEqualTo(200);
        var reply = door.post("/echo", "x".repeat(100_001));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).contains("payload_too_large", "100000");
        assertThat(door.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999\r\n\r\n")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void a_chunked_body_is_read_and_bounded() throws IOException {
        String head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(door.ask(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body()).isEqualTo("abcde");
        String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
        assertThat(door.ask(head + chunk.repeat(11) + "0\r\n\r\n").status()).isEqualTo(413);
        assertThat(door.ask(head + "7fffffff\r\n" + "x".repeat(200_000)).status())
                .isEqualTo(413);
        assertThat(door.ask(head + "f".repeat(200_000)).status()).isBetween(400, 413);
    }

    @Test
    void a_stream_may_be_larger_than_a_body() throws IOException {
        assertThat(door.post("/count", "x".repeat(900_000)).body()).isEqualTo("900000");
        assertThat(door.post("/count", "x".repeat(1_000_001)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "Content-Length: 5, 5\r\n\r\nhello",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x5\r\n\r\nhello",
                "Content-Length: +5\r\n\r\nhello",
                "Content-Length: five\r\n\r\nhello",
                "Content-Length: 99999999999999999999999\r\n\r\nhello",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\nhello",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx",
                "X-Odd: caf\u00e9\r\nX\u00e9: 1\r\nContent-Length: 0\r\n\r\n",
                " folded: 1\r\nContent-Length: 0\r\n\r\n",
                "Host: b\r\nContent-Length: 0\r\n\r\n"
            })
    void a_request_whose_end_is_in_doubt_is_refused_and_its_connection_closed(String rest) throws IOException {
        try (RawClient client = door.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + rest);
            client.endOutput();
            var reply = client.read();
            assertThat(reply.status()).as(reply.head()).isEqualTo(400);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_chunk_extension_or_trailer_smuggles_nothing() throws IOException {
        try (RawClient client = door.client()) {
            client.send("POST /ignores HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabcXX0\r\n\r\nGET /ok HTTP/1.1\r\nHost: a\r\n\r\n");
            client.endOutput();
            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_body_shorter_than_its_length_is_a_400() throws IOException {
        try (RawClient client = door.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            client.endOutput();
            assertThat(client.read().body()).contains("invalid_request");
        }
    }

    @Test
    void a_client_that_waits_for_100_gets_it_when_its_body_is_wanted() throws IOException {
        String head = " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
        try (RawClient client = door.client()) {
            assertThat(client.send("POST /echo" + head).head()).startsWith("HTTP/1.1 100");
            assertThat(client.send("abc").read().body()).isEqualTo("abc");
        }
        try (RawClient client = door.client()) {
            assertThat(client.send("POST /nowhere" + head).read().status()).isEqualTo(404);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_head_above_the_limit_is_refused() throws IOException {
        assertThat(door.ask("GET /ok HTTP/1.1\r\nHost: a\r\nX-Big: " + "x".repeat(9_000) + "\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(door.ask("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_compressed_body_is_refused_with_415() throws IOException {
        assertThat(door.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void a_head_that_trickles_in_is_cut() throws IOException {
        try (RawClient client = door.client()) {
            client.send("GET /ok HTTP/1.1\r\nHost: a\r\nX-Slow: ");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_body_that_stops_coming_is_cut() throws IOException {
        try (RawClient client = door.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void a_connection_that_rests_too_long_is_cut_and_others_are_not() throws IOException {
        try (RawClient rests = door.client();
                RawClient busy = door.client()) {
            assertThat(rests.send("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
                    .isEqualTo(200);
            busy.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(rests.closed()).isTrue();
            held.countDown();
            assertThat(busy.read().body()).isEqualTo("held");
        }
    }

    @Test
    void a_client_that_takes_nothing_is_cut() throws IOException {
        try (RawClient client = door.client()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until(
                    "the connection is cut",
                    () -> door.metrics.get("millrace.http.connections").gauge().value() == 0);
        }
    }

    @Test
    void requests_above_the_limit_are_told_to_come_back() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            RawClient.Reply refused = null;
            for (int i = 0; i < 101; i++) {
                clients.add(door.client().send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (refused == null && System.nanoTime() < deadline) {
                RawClient.Reply reply = door.ask("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n");
                refused = reply.status() == 503 ? reply : null;
            }
            assertThat(refused).isNotNull();
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("unavailable");
        } finally {
            held.countDown();
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void random_bytes_never_make_a_5xx() throws IOException {
        long seed = Seeds.seed("random_bytes_never_make_a_5xx");
        var random = new java.util.Random(seed);
        String whole = "POST /echo?q=%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nAccept: */*\r\n\r\nabc";
        for (int i = 0; i < 300; i++) {
            byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (RawClient client = door.client()) {
                client.send(new String(bytes, StandardCharsets.ISO_8859_1));
                client.endOutput();
                String head = client.head();
                assertThat(head).as("seed %d, run %d", seed, i).matches("(?s)HTTP/1.1 (100|[24]\\d\\d) .*");
            } catch (IOException closed) {
                assertThat(closed).as("seed %d, run %d", seed, i).hasMessageStartingWith("closed after: ");
            }
        }
    }
}
