package dev.millrace.server;

import dev.millrace.id.IdSource;
import dev.millrace.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A server for one test, with short limits. */
final class Door implements AutoCloseable {
    static final ServerSettings SHORT = new ServerSettings(
            "127.0.0.1",
            0,
            null,
            100_000,
            8_192,
            1_000,
            100,
            Duration.ofMillis(400),
            Duration.ofMillis(800),
            Duration.ofMillis(1_500),
            Duration.ZERO,
            List.of());

    final HttpServer server;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    Door(ServerSettings settings, Consumer<Routes> fill) {
        var routes = new Routes();
        fill.accept(routes);
        server = HttpServer.start(settings, routes, new IdSource(InstantSource.system(), new Random(1)), metrics);
    }

    Door(Consumer<Routes> fill) {
        this(ServerSettings.DEFAULTS.at("127.0.0.1", 0), fill);
    }

    RawClient client() throws IOException {
        return new RawClient(server.port());
    }

    int port() {
        return server.port();
    }

    RawClient.Reply ask(String request) throws IOException {
        try (RawClient client = client()) {
            return client.send(request).read();
        }
    }

    RawClient.Reply get(String target) throws IOException {
        return ask("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    RawClient.Reply post(String target, String body) throws IOException {
        return ask("POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Renders a failure so that a test sees who rendered it. */
    static ErrorRenderer errors(String group) {
        return (Problem problem, Request request) -> Response.json(
                problem.code().status(),
                Map.of("group", group, "code", problem.code().slug(), "detail", problem.detail()));
    }

    @Override
    public void close() {
        server.close();
    }
}
