package dev.millrace.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts requests and times them by route, method and class of status; never by path, which clients choose. */
final class ServerMeters {
    private static final String NAME = "millrace.http.requests";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Duration[] BOUNDS = bounds(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000);

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();

    ServerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Supplier<Number> connections) {
        Gauge.builder("millrace.http.connections", connections)
                .description("Open connections")
                .register(registry);
    }

    void answered(@Nullable Route route, String method, int status, long nanos) {
        record(route, method, status / 100, nanos);
    }

    /** A request whose client was gone, or whose connection was cut, before its answer was out. */
    void cut(@Nullable Route route, String method, long nanos) {
        record(route, method, 0, nanos);
    }

    private void record(@Nullable Route route, String method, int statusClass, long nanos) {
        String known = METHODS.contains(method) ? method : "other";
        var key = new Key(route == null ? "none" : route.pattern, known, statusClass);
        timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder(NAME)
                .description("Requests by route, method and class of status")
                .tag("route", key.route())
                .tag("method", key.method())
                .tag("status", key.statusClass() == 0 ? "cut" : key.statusClass() + "xx")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private static Duration[] bounds(long... millis) {
        Duration[] bounds = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            bounds[i] = Duration.ofMillis(millis[i]);
        }
        return bounds;
    }

    private record Key(String route, String method, int statusClass) {}
}
