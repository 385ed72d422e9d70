package dev.millrace.db;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The open database: reads from here, writes through its {@link Writer}. */
public final class Database implements AutoCloseable {
    private final SqlDialect dialect;
    private final List<Lane> lanes;
    private final Writer writer;
    private final Sessions readers;

    private Database(SqlDialect dialect, List<Lane> lanes, Sessions readers) {
        this.dialect = dialect;
        this.lanes = lanes;
        this.writer = new Writer(lanes);
        this.readers = readers;
    }

    /**
     * Opens the database, and brings its tables up to date; several nodes may do so at once on PostgreSQL.
     *
     * @param clock what {@link Tx#now} tells on SQLite
     * @throws IllegalArgumentException when the settings name no database that can be used; the message is one clear line
     */
    public static Database open(DatabaseSettings settings, InstantSource clock, MeterRegistry metrics) {
        if (!settings.url().startsWith("sqlite:")) {
            throw new IllegalArgumentException("database.url: PostgreSQL is not there yet");
        }
        String url = "jdbc:" + settings.url();
        Migrations.run(url);
        Sessions readers = () -> SqliteSession.reader(config().createConnection(url), clock);
        List<Lane> lanes = new ArrayList<>();
        try {
            lanes.add(new Lane(
                    "millrace-writer-0", SqliteSession.writer(config().createConnection(url), clock), settings));
        } catch (SQLException e) {
            throw new IllegalArgumentException("database.url: " + e.getMessage(), e);
        }
        lanes.forEach(Lane::start);
        return new Database(SqlDialect.SQLITE, lanes, readers);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        return config;
    }

    /** Runs the work on one consistent snapshot; it may not write. Blocks; may be called from virtual threads. */
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        try (Session session = readers.open()) {
            session.begin();
            R result = work.run(new Tx(session, true));
            session.rollback();
            return result;
        } catch (SQLException e) {
            throw Outage.unreachable();
        }
    }

    public Writer writer() {
        return writer;
    }

    public SqlDialect dialect() {
        return dialect;
    }

    /** Finishes what has queued, then closes every connection. */
    @Override
    public void close() {
        for (Lane lane : lanes) {
            try {
                lane.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                throw new IllegalStateException("the database did not close", e);
            }
        }
    }
}
