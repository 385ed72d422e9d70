package dev.millrace.kill;

import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.Program;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** One installation that outlives its processes: a data directory and a database of either kind. */
final class Installed implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("millrace ready on (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path data;
    private final String url;
    private final Runnable drop;

    private Installed(Path data, String url, Runnable drop) {
        this.data = data;
        this.url = url;
        this.drop = drop;
    }

    static Installed on(SqlDialect dialect, Path data) {
        return switch (dialect) {
            case SQLITE -> new Installed(data, "sqlite:" + data.resolve("millrace.db"), () -> {});
            case POSTGRESQL -> {
                LocalPostgres server = LocalPostgres.shared();
                String name = server.createDatabase();
                yield new Installed(data, server.url(name), () -> server.dropDatabase(name));
            }
        };
    }

    /** Sets it up, with a thousand dollars; answers the key as {@code id:secret}. */
    String init(Map<String, String> more) {
        Program.Ended init = Program.run(
                environment(more), "admin", "init", "--data", data.toString(), "--wallet", "1000", "--json");
        JsonNode made = Json.readOwn(init.out());
        return made.path("key_id").asString() + ":" + made.path("key_secret").asString();
    }

    Program serve(Map<String, String> more) {
        return serve(data, more);
    }

    /** Another node of it, in a folder of its own. */
    Program serve(Path folder, Map<String, String> more) {
        return Program.start(environment(more), List.of("serve", "--port", "0", "--data", folder.toString()));
    }

    /** Where it listens, once it does; empty when it ended before. */
    static Optional<URI> ready(Program server) {
        Await.until("the server is ready", PATIENCE, () -> listening(server).isPresent() || !server.running());
        return listening(server);
    }

    private static Optional<URI> listening(Program server) {
        return READY.matcher(server.out()).results().findFirst().map(found -> URI.create(found.group(1)));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("MILLRACE_DATABASE_URL", url);
        environment.put("MILLRACE_EGRESS_ALLOW", "127.0.0.0/8");
        environment.put("MILLRACE_LIMITS_REQUESTS_PER_MINUTE", "1000000");
        // Or a job that was running at nine of the kills would be given up as the one that caused them.
        environment.put("MILLRACE_JOBS_MAX_CLAIMS", "1000000");
        environment.putAll(more);
        return environment;
    }

    /** The invariants of money and jobs in what lies on the disk, with no server running. */
    void inspect(boolean atRest) {
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl(url);
        try (Database database =
                Database.open(settings, InstantSource.system(), new Random(1), new SimpleMeterRegistry())) {
            if (atRest) {
                MoneyChecker.atRest(database);
            } else {
                MoneyChecker.underLoad(database);
            }
        }
    }

    /** A number that the database knows. */
    long count(String sql) {
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl(url);
        try (Database database =
                Database.open(settings, InstantSource.system(), new Random(1), new SimpleMeterRegistry())) {
            return database.<Long>read(tx -> tx.count(sql));
        }
    }

    @Override
    public void close() {
        drop.run();
    }
}
