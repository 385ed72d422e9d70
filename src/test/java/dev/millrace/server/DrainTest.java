package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CompletableFuture<Boolean> seen = new CompletableFuture<>();

    private void routes(Routes routes) {
        routes.group(Door.errors("a"))
                .get("/ready", request -> Response.text(request.draining() ? 503 : 200, ""))
                .get("/looked", request -> Response.text(200, "" + request.clientGone()))
                .get("/hold", request -> {
                    started.countDown();
                    held.await();
                    seen.complete(request.draining());
                    return Response.text(200, "done");
                });
    }

    @Test
    void what_runs_is_finished_and_what_comes_is_refused() throws Exception {
        try (Door door = new Door(this::routes);
                RawClient idle = door.client();
                RawClient lookedAfter = door.client();
                RawClient busy = door.client()) {
            assertThat(idle.send("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            assertThat(lookedAfter
                            .send("GET /looked HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .body())
                    .isEqualTo("false");
            busy.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
            started.await();
            var drained = CompletableFuture.runAsync(() -> door.server.drain(Duration.ofSeconds(30)));
            assertThat(idle.closed()).isTrue();
            assertThat(lookedAfter.closed()).isTrue();
            assertThatThrownBy(door::client).isInstanceOf(IOException.class);
            assertThat(drained).isNotDone();
            held.countDown();
            var reply = busy.read();
            assertThat(reply.body()).isEqualTo("done");
            assertThat(seen).isCompletedWithValue(true);
            assertThat(busy.closed()).isTrue();
            drained.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void readiness_turns_false_while_the_listener_is_still_open() throws Exception {
        ServerSettings d = ServerSettings.DEFAULTS;
        var settings = new ServerSettings(
                "127.0.0.1",
                0,
                null,
                10,
                8192,
                10,
                10,
                d.requestTimeout(),
                d.writeTimeout(),
                d.idleTimeout(),
                Duration.ofSeconds(30),
                List.of());
        Door door = new Door(settings, this::routes);
        var drained = Thread.ofVirtual().start(() -> door.server.drain(Duration.ofSeconds(30)));
        int status = 200;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (status == 200 && System.nanoTime() < deadline) {
            status = door.get("/ready").status();
        }
        assertThat(status).isEqualTo(503);
        drained.interrupt();
        drained.join();
    }

    @Test
    void what_overstays_is_cut() throws Exception {
        try (Door door = new Door(this::routes);
                RawClient busy = door.client()) {
            busy.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
            started.await();
            door.server.drain(Duration.ofMillis(50));
            assertThat(busy.closed()).isTrue();
        } finally {
            held.countDown();
        }
    }

    @Test
    void a_taken_port_is_said_at_once() {
        try (Door door = new Door(this::routes)) {
            assertThatThrownBy(
                            () -> new Door(ServerSettings.DEFAULTS.at("127.0.0.1", door.server.port()), this::routes))
                    .isInstanceOf(java.io.UncheckedIOException.class);
        }
    }
}
