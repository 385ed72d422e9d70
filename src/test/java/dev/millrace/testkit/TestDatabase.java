package dev.millrace.testkit;

import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.Writer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A fresh, migrated database for one test, with the clock that it was opened with. The clock rules SQLite alone:
 * PostgreSQL has its own.
 */
public final class TestDatabase implements AutoCloseable {
    private final DatabaseSettings settings;
    private final Runnable remove;
    private final TestingClock clock = new TestingClock();
    private Database database;

    private TestDatabase(DatabaseSettings settings, Runnable remove) {
        this.settings = settings;
        this.remove = remove;
        this.database = Database.open(settings, clock, new Random(1), new SimpleMeterRegistry());
    }

    public static TestDatabase open(SqlDialect dialect) {
        return open(dialect, settings -> settings);
    }

    /** Opened with other settings than the usual ones. */
    public static TestDatabase open(SqlDialect dialect, UnaryOperator<DatabaseSettings> change) {
        return switch (dialect) {
            case SQLITE -> sqlite(change);
            case POSTGRESQL -> {
                LocalPostgres server = LocalPostgres.shared();
                yield postgres(server, server.createDatabase(Template.NAME), server.port(), change);
            }
        };
    }

    /** A SQLite file in a folder of its own. */
    public static TestDatabase sqlite() {
        return open(SqlDialect.SQLITE);
    }

    /** A SQLite file in a folder of its own, opened with other settings than the usual ones. */
    public static TestDatabase sqlite(UnaryOperator<DatabaseSettings> change) {
        try {
            Path folder = Files.createTempDirectory("millrace-db");
            String url = "sqlite:" + folder.resolve("millrace.db");
            return new TestDatabase(change.apply(DatabaseSettings.DEFAULTS.withUrl(url)), () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database of the shared PostgreSQL. */
    public static TestDatabase postgres() {
        return open(SqlDialect.POSTGRESQL);
    }

    /** A database of this server, reached through this port, which may be a {@link FaultProxy}'s. */
    public static TestDatabase postgres(LocalPostgres server, int port) {
        return postgres(server, server.createDatabase(), port, settings -> settings);
    }

    private static TestDatabase postgres(
            LocalPostgres server, String name, int port, UnaryOperator<DatabaseSettings> change) {
        String url = LocalPostgres.url(name, port);
        return new TestDatabase(change.apply(DatabaseSettings.DEFAULTS.withUrl(url)), () -> server.dropDatabase(name));
    }

    public Database database() {
        return database;
    }

    public Writer writer() {
        return database.writer();
    }

    public SqlDialect dialect() {
        return database.dialect();
    }

    public TestingClock clock() {
        return clock;
    }

    /** The settings that another node would open the same database with. */
    public DatabaseSettings settings() {
        return settings;
    }

    /** Moves the database's clock on: on SQLite by hand, on PostgreSQL by waiting, so keep it short. */
    public void letTimePass(Duration time) {
        switch (dialect()) {
            case SQLITE -> clock.advance(time);
            case POSTGRESQL ->
                database.read(tx -> tx.list(
                        "select 1 as one from pg_sleep(" + time.toMillis() / 1000.0 + ")", row -> row.number("one")));
        }
    }

    /** Opens the same database once more, as another node does; PostgreSQL only. The caller closes it. */
    public Database another() {
        return Database.open(settings, clock, new Random(1), new SimpleMeterRegistry());
    }

    /** Closes the database and opens it again, as a restart does. */
    public Database reopen() {
        database.close();
        database = Database.open(settings, clock, new Random(1), new SimpleMeterRegistry());
        return database;
    }

    @Override
    public void close() {
        database.close();
        remove.run();
    }

    /** The name of the database, which is how a test run shows it. */
    @Override
    public String toString() {
        return dialect().name().toLowerCase(Locale.ROOT);
    }

    /** Removes a folder of a test with all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database that has been migrated once; each test gets a copy, which is much faster than to migrate. */
    private static final class Template {
        static final String NAME = make();

        private static String make() {
            String name = LocalPostgres.shared().createDatabase();
            String url = LocalPostgres.shared().url(name);
            Database.open(
                            DatabaseSettings.DEFAULTS.withUrl(url),
                            new TestingClock(),
                            new Random(1),
                            new SimpleMeterRegistry())
                    .close();
            return name;
        }
    }
}
