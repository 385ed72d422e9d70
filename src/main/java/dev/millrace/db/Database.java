package dev.millrace.db;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The open database: reads from here, writes through its {@link Writer}. */
public final class Database implements AutoCloseable {
    private final Engine engine;
    private final List<Lane> lanes;
    private final Writer writer;

    private Database(Engine engine, List<Lane> lanes) {
        this.engine = engine;
        this.lanes = lanes;
        this.writer = new Writer(lanes);
    }

    /**
     * Opens the database, and brings its tables up to date; several nodes may do so at once on PostgreSQL.
     *
     * @param clock what {@link Tx#now} tells on SQLite
     * @param random spreads the attempts of lanes that stood in each other's way; used by many threads
     * @throws DatabaseOpenException when it can not be opened; the message is one clear line
     */
    public static Database open(
            DatabaseSettings settings, InstantSource clock, RandomGenerator random, MeterRegistry metrics) {
        Engine engine = engine(settings, clock);
        WriterMetrics writerMetrics = new WriterMetrics(metrics);
        List<Lane> lanes = new ArrayList<>();
        for (Sessions sessions : engine.lanes()) {
            String name = "millrace-writer-" + lanes.size();
            lanes.add(new Lane(name, new LaneConnection(sessions), settings, writerMetrics, random));
        }
        lanes.forEach(Lane::start);
        return new Database(engine, lanes);
    }

    /**
     * Opens the SQLite database that another process has, for reading alone: nothing is brought up to date, and every write is a bug.
     *
     * @param clock what {@link Tx#now} tells
     */
    public static Database beside(DatabaseSettings settings, InstantSource clock) {
        return new Database(SqliteBeside.open(settings, clock), List.of());
    }

    /** Whether nothing can be written. */
    public boolean readOnly() {
        return lanes.isEmpty();
    }

    private static Engine engine(DatabaseSettings settings, InstantSource clock) {
        String url = settings.url();
        if (url.startsWith(SqliteEngine.PREFIX)) {
            return SqliteEngine.open(settings, clock);
        }
        if (PostgresEngine.takes(url)) {
            return PostgresEngine.open(settings);
        }
        throw new DatabaseOpenException(
                "database.url: must begin with sqlite: or jdbc:postgresql:, as in sqlite:data/millrace.db", null);
    }

    /**
     * Runs the work on one consistent snapshot; it may not write. Blocks; may be called from virtual threads, but not
     * inside another read.
     */
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        return engine.readers().read(work);
    }

    public Writer writer() {
        return writer;
    }

    public SqlDialect dialect() {
        return engine.dialect();
    }

    /**
     * Lets nothing of what was deleted stand in files of this installation, beside those of a database server; for who has erased
     * something. Waits for writes and reads that run, some seconds at most.
     *
     * @return false when they lasted longer: then it is to be tried again, or happens when the log next is full
     */
    public boolean forget() {
        return engine.forget();
    }

    /** Finishes what has queued, then closes every connection. */
    @Override
    public void close() {
        engine.readers().close();
        for (Lane lane : lanes) {
            close(lane);
        }
        engine.close();
    }

    private static void close(Lane lane) {
        try {
            lane.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("a connection to the database did not close", e);
        }
    }
}
