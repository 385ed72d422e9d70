package dev.millrace.app;

import dev.millrace.assets.Assets;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import dev.millrace.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a machine asks about the node: alive, ready, and its figures. */
final class HealthRoutes {
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Database database;
    private final Assets assets;
    private final Catalog catalog;
    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Probe last = new Probe(Instant.EPOCH, false);

    private record Probe(Instant at, boolean writable) {}

    HealthRoutes(Database database, Assets assets, Catalog catalog, Metrics metrics, InstantSource clock) {
        this.database = database;
        this.assets = assets;
        this.catalog = catalog;
        this.metrics = metrics;
        this.clock = clock;
    }

    void addTo(Routes.Group plain) {
        Routes.Group group = plain.needing(RouteInfo.ANYONE);
        group.get("/healthz", request -> Response.text(200, "ok\n"));
        group.get("/readyz", this::ready);
        group.get(
                "/metrics",
                request -> Response.bytes(
                        200, Metrics.CONTENT_TYPE, metrics.scrape().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private Response ready(Request request) {
        if (request.draining()) {
            return notReady("draining\n");
        }
        if (!writable()) {
            return notReady("the database can not be written\n");
        }
        if (!assets.hasRoom()) {
            return notReady("there is no room for files\n");
        }
        // Still ready: what is served is whole, only not the newest. What is wrong stands in the log, and not before
        // strangers.
        return Response.text(200, catalog.health().current() ? "ready\n" : "ready, with an older catalogue\n");
    }

    private static Response notReady(String why) {
        return Response.text(503, why).header("Retry-After", RETRY_AFTER_SECONDS);
    }

    /** Asks the database at most once a second, however many ask here. */
    private boolean writable() {
        Instant now = clock.instant();
        Probe known = last;
        if (known.at().plus(TRUSTED).isBefore(now)) {
            known = new Probe(now, probe());
            last = known;
        }
        return known.writable();
    }

    private boolean probe() {
        try {
            return database.writer()
                            .<Integer>write(
                                    "health", tx -> tx.update("update organizations set name = name where id = ''"))
                    == 0;
        } catch (ProblemException outage) {
            return false;
        }
    }
}
