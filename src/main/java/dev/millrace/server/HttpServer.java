package dev.millrace.server;

import dev.millrace.id.IdSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** The running HTTP server. */
public final class HttpServer implements AutoCloseable {
    private HttpServer() {}

    /**
     * Starts to listen.
     *
     * @throws java.io.UncheckedIOException when the address can not be had, such as a port that is taken
     */
    public static HttpServer start(ServerSettings settings, Routes routes, IdSource ids, MeterRegistry metrics) {
        throw new IllegalStateException("being written");
    }

    /** The port that it listens on. */
    public int port() {
        throw new IllegalStateException("being written");
    }

    /** Where clients reach it, without a slash at the end. */
    public String baseUrl() {
        throw new IllegalStateException("being written");
    }

    /**
     * Ends in good order: {@link Request#draining} turns true, the listener closes, running requests get {@code limit} to
     * finish and are then cut.
     */
    public void drain(Duration limit) {
        throw new IllegalStateException("being written");
    }

    /** Ends at once, cutting what runs. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
