package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.app.Gateway;
import dev.millrace.jobs.JobEvent;
import dev.millrace.jobs.JobWatch;
import dev.millrace.server.SseStream;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A quiet event stream is kept, and a client that vanished is noticed. */
class EventTellingTest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** A job about which nothing ever happens: each wait is over at once, and remembered. */
    private static final class Quiet implements JobWatch {
        private final List<Duration> waits = new ArrayList<>();

        @Override
        public Optional<JobEvent> next(Duration max) {
            waits.add(max);
            return Optional.empty();
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void close() {}
    }

    /** A client that vanishes behind so many comments. */
    private static final class Client implements SseStream {
        private final int patience;
        private int comments;

        private Client(int patience) {
            this.patience = patience;
        }

        @Override
        public void event(@Nullable String name, @Nullable String id, String data) {
            throw new AssertionError("nothing happened");
        }

        @Override
        public void raw(byte[] events) {
            throw new AssertionError("nothing happened");
        }

        @Override
        public void comment(String text) throws IOException {
            if (comments == patience) {
                throw new IOException("the client has hung up");
            }
            comments++;
        }

        @Override
        public boolean open() {
            return true;
        }
    }

    @Test
    void a_quiet_stream_gets_a_comment_behind_each_heartbeat_until_nobody_takes_it() {
        Quiet watch = new Quiet();
        Client client = new Client(3);
        assertThatThrownBy(() -> new EventTelling(HEARTBEAT).tell(watch, client, event -> ""))
                .isInstanceOf(IOException.class);
        assertThat(client.comments).isEqualTo(3);
        assertThat(watch.waits).hasSize(4).containsOnly(HEARTBEAT);
    }

    @Test
    void the_stream_of_a_client_that_vanished_ends() throws IOException {
        try (Gateway gateway = Gateway.start(Map.of("streams.heartbeat", "50ms"))) {
            var key = gateway.customer("5");
            Caller caller = gateway.caller(key);
            String id = caller.post(
                            "/api/v1/generations",
                            "{\"model\":\"sandbox/image\",\"prompt\":\"x\",\"async\":true,\"sandbox\":{\"never_finish\":true}}")
                    .at("id");
            String path = "/api/v1/jobs/" + id + "/events";
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                socket.setSoTimeout(15_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key.full()
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                int comments = 0;
                while (comments < 3) {
                    comments += lines.readLine().equals(": waiting") ? 1 : 0;
                }
                socket.setSoLinger(true, 0);
            }
            Await.until(
                    "its request has ended",
                    () -> caller.get("/metrics")
                            .text()
                            .lines()
                            .anyMatch(line -> line.startsWith("millrace_http_requests_seconds_count")
                                    && line.contains("/events\"")
                                    && line.endsWith(" 1")));
            caller.post("/api/v1/jobs/" + id + "/cancel", "{}");
        }
    }
}
