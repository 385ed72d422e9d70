package dev.millrace.api.callbacks;

import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.id.JobId;
import dev.millrace.jobs.CallbackLinks;
import dev.millrace.jobs.CallbackParts;
import dev.millrace.jobs.CallbackSettings;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookMessage;
import dev.millrace.jobs.WebhookTarget;
import dev.millrace.server.HttpServer;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import dev.millrace.server.ServerSettings;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Predictions;
import dev.millrace.testkit.PredictionsProvider;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.webhooks.DeliveryPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Nodes with their doors before one upstream that calls back, and is asked about a job twice a minute at most. */
final class Stage implements AutoCloseable {
    static final JobOptions OPTIONS = new JobOptions(
            "tests",
            URI.create("http://localhost"),
            null,
            WebhookTarget.ofEnd("https://example.com/hook", DeliveryPolicy.HIGGSFIELD, null),
            null);

    final TestDatabase db;
    final TestingRooms rooms;
    final Predictions upstream = new Predictions();
    private final List<HttpServer> doors = new ArrayList<>();

    /** A node, and where its door is. */
    record Node(Jobs jobs, String door) {}

    Stage(TestDatabase db) {
        this(db, new CallbackSettings(Duration.ofMinutes(1), Duration.ofSeconds(20), 1024 * 1024));
    }

    Stage(TestDatabase db, CallbackSettings settings) {
        this.db = db;
        this.rooms = new TestingRooms(db);
        rooms.callbacks =
                new CallbackParts(new CallbackLinks(new byte[32], URI.create("https://millrace.example")), settings);
        rooms.tellers.put(
                "tests", (job, event, base, target) -> Optional.of(new WebhookMessage(Map.of(), new byte[0])));
    }

    /** A node that runs jobs. */
    Node running() {
        Node node = node(db.database());
        node.jobs().start();
        return node;
    }

    /** A node that runs nothing yet. */
    Node node(Database database) {
        Jobs jobs = rooms.node(database, JobSettings.DEFAULTS, new PredictionsProvider("one", upstream));
        Routes routes = new Routes();
        new CallbackRoutes(jobs.callbacks()).addTo(routes.group(ProblemJson::render));
        HttpServer door = HttpServer.start(
                ServerSettings.DEFAULTS.at("127.0.0.1", 0),
                routes,
                new IdSource(db.clock(), new Random(1)),
                new SimpleMeterRegistry());
        doors.add(door);
        return new Node(jobs, door.baseUrl());
    }

    /** Submits a job, and waits until the upstream has it and was asked about it. */
    Job submitted(Node node) {
        int before = upstream.polls();
        Job job = node.jobs().accept(rooms.image("x"), OPTIONS).job();
        Await.until("the upstream was asked once", () -> upstream.polls() > before);
        return job;
    }

    /** This second, by the clock of the nodes. */
    long now() {
        return db.clock().instant().getEpochSecond();
    }

    long count(String what) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + what));
    }

    Optional<String> boundId(JobId job) {
        return db.database()
                .read(tx -> tx.one(
                        "select upstream_id from jobs where id = ?",
                        row -> Optional.ofNullable(row.textOrNull("upstream_id")),
                        job))
                .flatMap(id -> id);
    }

    @Override
    public void close() {
        doors.forEach(HttpServer::close);
        rooms.close();
        upstream.close();
    }
}
