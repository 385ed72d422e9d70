package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void the_head_comes_at_once_and_each_event_as_it_is_written() throws Exception {
        try (Door door = new Door(routes -> routes.group(Door.errors("a"))
                        .get(
                                "/events",
                                request -> Response.sse(out -> {
                                    await();
                                    out.event(null, null, "one");
                                    out.event("state", "7", "two\nlines\r\nend");
                                    out.comment("still here");
                                    out.raw("data: x\n\n".getBytes(StandardCharsets.UTF_8));
                                    out.event("a\nb", null, "");
                                })));
                RawClient client = door.client()) {
            String head = client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").head();
            assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Type: text/event-stream\r\n");
            assertThat(RawClient.header(head, "X-Request-Id")).hasSize(36);
            go.countDown();
            assertThat(client.chunk()).isEqualTo("data: one\n\n");
            assertThat(client.chunk()).isEqualTo("event: state\nid: 7\ndata: two\ndata: lines\ndata: end\n\n");
            assertThat(client.chunk()).isEqualTo(": still here\n\n");
            assertThat(client.chunk()).isEqualTo("data: x\n\n");
            assertThat(client.chunk()).isEqualTo("event: a b\ndata: \n\n");
            assertThat(client.chunk()).isEmpty();
            assertThat(client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n").head())
                    .startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_stream_is_written_though_its_client_has_gone_so_that_it_can_give_back_what_it_holds() throws Exception {
        var arrived = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        var written = new CompletableFuture<Boolean>();
        try (Door door = new Door(routes -> routes.group(Door.errors("a")).get("/events", request -> {
            arrived.countDown();
            gone.await();
            return Response.sse(out -> written.complete(true));
        }))) {
            try (var client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                client.setSoLinger(true, 0);
                client.getOutputStream()
                        .write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                arrived.await();
            }
            gone.countDown();
            assertThat(written.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_client_that_hung_up_is_noticed() throws Exception {
        var ended = new CompletableFuture<Boolean>();
        try (Door door = new Door(routes -> routes.group(Door.errors("a"))
                .get(
                        "/events",
                        request -> Response.sse(out -> {
                            try {
                                while (out.open()) {
                                    out.comment("x".repeat(1000));
                                }
                            } finally {
                                ended.complete(!out.open());
                            }
                        })))) {
            try (RawClient client = door.client()) {
                client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").head();
                client.chunk();
            }
            assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_client_that_hangs_up_on_a_quiet_stream_is_noticed_without_a_write() throws Exception {
        var noticed = new CompletableFuture<Boolean>();
        try (Door door = new Door(routes -> routes.group(Door.errors("a"))
                .get(
                        "/events",
                        request -> Response.sse(out -> {
                            Await.until("the client is gone", () -> !out.open());
                            noticed.complete(true);
                        })))) {
            try (RawClient client = door.client()) {
                client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").head();
            }
            assertThat(noticed.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_client_that_hangs_up_on_a_handler_is_noticed_and_nobody_is_answered() throws Exception {
        var arrived = new CountDownLatch(1);
        var noticed = new CompletableFuture<Boolean>();
        try (Door door = new Door(routes -> routes.group(Door.errors("a")).post("/work", request -> {
            assertThat(request.body()).hasSize(2);
            assertThat(request.clientGone()).isFalse();
            arrived.countDown();
            Await.until("the client is gone", request::clientGone);
            noticed.complete(true);
            throw new ClientGoneException();
        }))) {
            try (RawClient client = door.client()) {
                client.send("POST /work HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
                arrived.await();
            }
            assertThat(noticed.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_comes_while_a_handler_looks_for_its_client_is_the_next_request() throws Exception {
        try (Door door = new Door(routes -> routes.group(Door.errors("a")).get("/{name}", request -> {
                    assertThat(request.clientGone()).isFalse();
                    go.await();
                    assertThat(request.clientGone()).isFalse();
                    return Response.text(200, request.pathParam("name"));
                }));
                RawClient client = door.client()) {
            client.send("GET /one HTTP/1.1\r\nHost: a\r\n\r\n");
            client.send("GET /two HTTP/1.1\r\nHost: a\r\n\r\nGET /three HTTP/1.1\r\nHost: a\r\n\r\n");
            go.countDown();
            for (String name : new String[] {"one", "two", "three"}) {
                assertThat(client.read().body()).isEqualTo(name);
            }
            client.send("GET /four HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("four");
        }
    }

    @Test
    void a_stream_that_fails_inside_has_no_good_end() throws Exception {
        try (Door door = new Door(routes -> routes.group(Door.errors("a"))
                        .get(
                                "/events",
                                request -> Response.sse(out -> {
                                    out.event(null, null, "one");
                                    throw new IllegalStateException("bug");
                                })));
                RawClient client = door.client()) {
            client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").head();
            assertThat(client.chunk()).isEqualTo("data: one\n\n");
            assertThat(client.closed()).isTrue();
        }
    }

    private void await() throws IOException {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
