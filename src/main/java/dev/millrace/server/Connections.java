package dev.millrace.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All open connections: makes each one watched, and closes those that overstay a limit. */
final class Connections implements ServerConnectionSelector, AutoCloseable {
    private final ServerConnectionSelector http1;
    private final Router router;
    private final ServerSettings settings;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService sweeper;

    Connections(Http1ConnectionSelector http1, Router router, ServerSettings settings) {
        this.http1 = http1;
        this.router = router;
        this.settings = settings;
    }

    /** Begins to look for connections that overstay, some times in each of their limits. */
    void watch() {
        Duration shortest = settings.idleTimeout();
        for (Duration limit : new Duration[] {settings.requestTimeout(), settings.writeTimeout()}) {
            shortest = limit.compareTo(shortest) < 0 ? limit : shortest;
        }
        long pace = Math.clamp(shortest.toMillis() / 8, 10, 1000);
        sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("server-connections").factory());
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, pace, pace, TimeUnit.MILLISECONDS);
    }

    int count() {
        return open.size();
    }

    boolean anyBusy() {
        return open.stream().anyMatch(Connection::busy);
    }

    void cutAll() {
        open.forEach(Connection::cut);
    }

    private void sweep() {
        long now = System.nanoTime();
        long idle = settings.idleTimeout().toNanos();
        long request = settings.requestTimeout().toNanos();
        long write = settings.writeTimeout().toNanos();
        for (Connection connection : open) {
            if (connection.overdue(now, idle, request, write)) {
                connection.cut();
            }
        }
    }

    @Override
    public void close() {
        if (sweeper != null) {
            sweeper.shutdownNow();
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Connection connection = new Connection(context, router, settings.maxBodyBytes());
        return new Watched(connection, http1.connection(connection));
    }

    /** Keeps a connection in the set while it is served. */
    private final class Watched implements ServerConnection {
        private final Connection connection;
        private final ServerConnection inner;

        Watched(Connection connection, ServerConnection inner) {
            this.connection = connection;
            this.inner = inner;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.add(connection);
            try {
                inner.handle(limit);
            } finally {
                open.remove(connection);
            }
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            inner.close(interrupt);
        }
    }
}
