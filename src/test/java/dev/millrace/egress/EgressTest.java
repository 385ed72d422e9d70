package dev.millrace.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.address.AddressText;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.Seeds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Egress egress = new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.1"), metrics);

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void a_request_arrives_as_it_was_given() throws Exception {
        upstream.script(Script.status(201, "{\"a\":1}"));
        EgressResponse response = egress.send(new EgressRequest(
                "POST",
                URI.create(upstream.url("/a/b?c=d")),
                Map.of("X-A", "1"),
                "hello".getBytes(StandardCharsets.UTF_8),
                LONG,
                100,
                Trust.CUSTOMER));
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("CONTENT-type")).contains("application/json");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        Recorded seen = upstream.await(1);
        assertThat(seen.method() + " " + seen.target() + " " + seen.text()).isEqualTo("POST /a/b?c=d hello");
        assertThat(seen.header("host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(seen.header("x-a")).isEqualTo("1");
        assertThat(seen.header("user-agent")).isEqualTo("Millrace");
        assertThat(seen.headers()).doesNotContainKeys("cookie", "referer", "authorization");
        assertThat(metrics.get("millrace.egress.requests")
                        .tag("outcome", "2xx")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
        try (ScriptedUpstream inside = ScriptedUpstream.start("127.0.0.2")) {
            upstream.script(Script.redirect(inside.url("/")));
            assertThat(get(LONG, 100).status()).isEqualTo(302);
            assertThat(inside.connections()).isZero();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void a_refused_address_is_never_connected_to() {
        try (ScriptedUpstream inside = ScriptedUpstream.start("127.0.0.2")) {
            assertFails(EgressFailure.REFUSED, () -> get(inside.url("/"), LONG, 100));
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void a_name_is_looked_up_once_and_only_an_address_that_passed_is_connected_to() throws Exception {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2", "127.0.0.2"));
        Resolver flips = host -> List.of(address(answers.removeFirst()));
        var guarded =
                new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.1"), metrics, flips, SSLContext.getDefault());
        URI url = URI.create("http://rebinds.example:" + upstream.port() + "/");
        try (ScriptedUpstream inside = ScriptedUpstream.start("127.0.0.2")) {
            assertThat(guarded.send(EgressRequest.get(url, LONG, 100, Trust.CUSTOMER))
                            .status())
                    .isEqualTo(200);
            assertThat(answers).hasSize(2);
            assertThat(upstream.await(1).header("host")).isEqualTo("rebinds.example:" + upstream.port());
            URI there = URI.create("http://rebinds.example:" + inside.port() + "/");
            assertFails(EgressFailure.REFUSED, () -> guarded.send(EgressRequest.get(there, LONG, 100, Trust.CUSTOMER)));
            assertThat(answers).hasSize(1);
            assertThat(inside.connections()).isZero();
            assertThat(guarded.send(EgressRequest.get(there, LONG, 100, Trust.OPERATOR))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void of_several_addresses_the_refused_ones_are_dropped() throws Exception {
        Resolver both = host -> List.of(address("127.0.0.2"), address("10.0.0.1"), address("127.0.0.1"));
        var guarded = new Egress(EgressSettings.DEFAULTS.allowing("127.0.0.1"), metrics, both, SSLContext.getDefault());
        URI url = URI.create("http://both.example:" + upstream.port() + "/");
        assertThat(guarded.send(EgressRequest.get(url, LONG, 100, Trust.CUSTOMER))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_name_without_an_address_is_unresolved() throws Exception {
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        var lost = new Egress(EgressSettings.DEFAULTS, metrics, none, SSLContext.getDefault());
        assertFails(
                EgressFailure.UNRESOLVED,
                () -> lost.send(EgressRequest.get(URI.create("https://nowhere.example/"), LONG, 100, Trust.CUSTOMER)));
        Resolver hangs = host -> {
            new CompletableFuture<Void>().join();
            return List.of();
        };
        var slow = new Egress(EgressSettings.DEFAULTS, metrics, hangs, SSLContext.getDefault());
        assertFails(
                EgressFailure.UNRESOLVED,
                () -> slow.send(EgressRequest.get(
                        URI.create("https://nowhere.example/"), Duration.ofMillis(50), 100, Trust.CUSTOMER)));
    }

    @Test
    void a_closed_port_is_not_connected() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertFails(EgressFailure.NOT_CONNECTED, () -> get("http://127.0.0.1:" + port + "/", LONG, 100));
    }

    @Test
    void silence_and_dripping_end_when_the_time_is_over() {
        upstream.script(Script.silent());
        assertFails(EgressFailure.TIMED_OUT, () -> get(Duration.ofMillis(100), 100));
        upstream.script(Script.status(200, "x".repeat(5000)).drip(Duration.ofMillis(2)));
        assertFails(EgressFailure.TIMED_OUT, () -> get(Duration.ofMillis(300), 10_000));
    }

    @Test
    void an_endless_body_is_cut_at_the_limit() {
        upstream.script(Script.infinite());
        assertFails(EgressFailure.TOO_LARGE, () -> get(LONG, 1_000_000));
        upstream.script(
                Script.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", new byte[100_000]));
        assertFails(EgressFailure.TOO_LARGE, () -> get(LONG, 50_000));
        upstream.script(Script.status(200, "x".repeat(101)));
        assertFails(EgressFailure.TOO_LARGE, () -> get(LONG, 100));
    }

    @Test
    void a_reader_need_not_read_an_endless_body() throws Exception {
        upstream.script(Script.infinite());
        var request = EgressRequest.get(URI.create(upstream.url("/")), LONG, 100, Trust.CUSTOMER);
        int status = egress.exchange(request, (code, headers, body) -> code);
        assertThat(status).isEqualTo(200);
    }

    @Test
    void every_way_to_end_a_body_is_understood() throws Exception {
        upstream.script(Script.chunks("text/plain", List.of("one", "two")));
        assertThat(text(get(LONG, 100))).isEqualTo("onetwo");
        upstream.script(Script.raw("HTTP/1.0 200 OK\r\n\r\n", "to the end".getBytes(StandardCharsets.UTF_8))
                .thenClose());
        assertThat(text(get(LONG, 100))).isEqualTo("to the end");
        upstream.script(Script.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\nX: y\n\n", new byte[0]));
        assertThat(get(LONG, 100).status()).isEqualTo(204);
    }

    @Test
    void an_answer_that_is_cut_anywhere_is_no_answer() {
        String whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        for (int cut = 0; cut < whole.length(); cut++) {
            upstream.script(Script.raw(whole, new byte[0]).cutAt(cut));
            assertFails(EgressFailure.BROKEN, () -> get(LONG, 100));
            upstream.script(Script.raw(whole.substring(0, cut), new byte[0]).thenClose());
            assertFails(EgressFailure.BROKEN, () -> get(LONG, 100));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"
            })
    void what_is_no_http_is_malformed(String answer) {
        upstream.script(Script.raw(answer, new byte[0]).thenClose());
        assertFails(EgressFailure.MALFORMED, () -> get(LONG, 100));
    }

    @Test
    void an_endless_head_is_malformed() {
        upstream.script(Script.raw("HTTP/1.1 200 OK\r\nX: ", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertFails(EgressFailure.MALFORMED, () -> get(LONG, 100));
    }

    @Test
    void any_bytes_are_an_answer_or_a_failure_that_has_a_name() {
        long seed = Seeds.seed("any_bytes_are_an_answer_or_a_failure_that_has_a_name");
        var random = new Random(seed);
        String whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        for (int i = 0; i < 500; i++) {
            byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            upstream.script(Script.raw("", bytes).thenClose());
            try {
                assertThat(get(LONG, 100).status())
                        .as("seed %d run %d", seed, i)
                        .isBetween(200, 599);
            } catch (EgressException e) {
                assertThat(e.failure())
                        .as("seed %d run %d", seed, i)
                        .isIn(EgressFailure.MALFORMED, EgressFailure.BROKEN);
            }
        }
    }

    @Test
    void a_header_can_not_smuggle_another() {
        for (var bad : List.of(Map.of("X-A", "1\r\nX-B: 2"), Map.of("X A", "1"), Map.of("Host", "other"))) {
            assertThatThrownBy(() -> egress.send(new EgressRequest(
                            "GET", URI.create(upstream.url("/")), bad, new byte[0], LONG, 100, Trust.CUSTOMER)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(upstream.requests()).isEmpty();
    }

    private EgressResponse get(Duration timeout, long bytesMax) throws EgressException {
        return get(upstream.url("/"), timeout, bytesMax);
    }

    private EgressResponse get(String url, Duration timeout, long bytesMax) throws EgressException {
        return egress.send(EgressRequest.get(URI.create(url), timeout, bytesMax, Trust.CUSTOMER));
    }

    private static String text(EgressResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static InetAddress address(String text) {
        return AddressText.parse(text).orElseThrow();
    }

    private interface Call {
        Object run() throws EgressException;
    }

    private static void assertFails(EgressFailure failure, Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        EgressException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
