package dev.millrace.server;

import dev.millrace.id.IdSource;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The running HTTP server. */
public final class HttpServer implements AutoCloseable {
    /** Longer than any drain: how long running requests may take is decided here, not in the library. */
    private static final Duration LIBRARY_GRACE = Duration.ofDays(1);

    /** The library reports each start and stop of a listener; held here because the JDK forgets levels of loggers that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    private static final long DRAIN_PACE_MILLIS = 10;
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final WebServer server;
    private final Dispatcher dispatcher;
    private final Connections connections;
    private final ServerSettings settings;
    private final int port;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private HttpServer(WebServer server, Dispatcher dispatcher, Connections connections, ServerSettings settings) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.connections = connections;
        this.settings = settings;
        this.port = server.port();
    }

    /**
     * Starts to listen.
     *
     * @throws java.io.UncheckedIOException when the address can not be had, such as a port that is taken
     */
    public static HttpServer start(ServerSettings settings, Routes routes, IdSource ids, MeterRegistry metrics) {
        LIBRARY.setLevel(Level.WARNING);
        var meters = new ServerMeters(metrics);
        var dispatcher = new Dispatcher(routes, settings, ids, meters);
        var connections = new Connections(http1(settings), new DispatcherRouter(dispatcher), settings);
        meters.watch(connections::count);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(LIBRARY_GRACE)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .directHandlers(new BrokenRequests(dispatcher).handlers())
                .maxTcpConnections(settings.maxConnections())
                .maxConcurrentRequests(settings.maxConcurrentRequests())
                .idleConnectionTimeout(LIBRARY_GRACE)
                .backlog(1024)
                .build();
        probe(settings);
        server.start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(new BindException("cannot listen on " + settings.host()));
        }
        connections.watch();
        return new HttpServer(server, dispatcher, connections, settings);
    }

    /** Every route that is served, in the order of registration. */
    public List<RouteInfo> routes() {
        return dispatcher.list();
    }

    /** Loads what {@link #start} will need: worth doing beside something else that a start waits for. */
    public static void warmUp() {
        LIBRARY.setLevel(Level.WARNING);
        http1(ServerSettings.DEFAULTS);
        WebServer.builder()
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .buildPrototype();
    }

    /** Tries the address out: the library logs that it can not be had, with a stack trace, and goes on. */
    private static void probe(ServerSettings settings) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Http1ConnectionSelector http1(ServerSettings settings) {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(settings.maxHeaderBytes())
                        .maxPrologueLength(settings.maxHeaderBytes())
                        .validatePath(false)
                        .validatePrologue(false)
                        .validateResponseHeaders(false)
                        .continueImmediately(false)
                        .log(HttpLogConfig.builder()
                                .sendLog(false)
                                .receiveLog(false)
                                .build())
                        .build())
                .build();
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Where clients reach it, without a slash at the end. */
    public String baseUrl() {
        if (settings.publicUrl() != null) {
            return settings.publicUrl().toString();
        }
        return ownUrl();
    }

    /** Where a client on this machine reaches it, whatever others see; without a slash at the end. */
    public String ownUrl() {
        String host = settings.host().equals("0.0.0.0") || settings.host().equals("::") ? "localhost" : settings.host();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Ends in good order: {@link Request#draining} turns true, the listener closes, running requests get {@code limit} to
     * finish and are then cut. A second call waits for the first.
     */
    public void drain(Duration limit) {
        dispatcher.drain();
        try {
            if (ended.compareAndSet(false, true)) {
                if (limit.isPositive() && settings.drainNotice().isPositive()) {
                    stopped.await(settings.drainNotice().toNanos(), TimeUnit.NANOSECONDS);
                }
                stop(limit);
            } else {
                stopped.await(limit.plus(LAST_MOMENT).toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            connections.cutAll();
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
        }
    }

    /** Ends at once, cutting what runs. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private void stop(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Thread.ofPlatform().daemon().name("server-stop").start(() -> {
            server.stop();
            stopped.countDown();
        });
        while (connections.anyBusy() && System.nanoTime() < deadline) {
            if (stopped.await(DRAIN_PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        if (!stopped.await(DRAIN_PACE_MILLIS, TimeUnit.MILLISECONDS)) {
            connections.cutAll();
            stopped.await(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
