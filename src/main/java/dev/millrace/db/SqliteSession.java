package dev.millrace.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** One connection to the SQLite file; transactions are begun by hand, so that a writer takes the write lock at once. */
final class SqliteSession extends Session {
    private final InstantSource clock;
    private final String begin;
    private boolean marked;

    private SqliteSession(Connection connection, InstantSource clock, String begin) {
        super(connection);
        this.clock = clock;
        this.begin = begin;
    }

    static SqliteSession writer(Connection connection, InstantSource clock) {
        return new SqliteSession(connection, clock, "begin immediate");
    }

    static SqliteSession reader(Connection connection, InstantSource clock) {
        return new SqliteSession(connection, clock, "begin");
    }

    @Override
    SqlDialect dialect() {
        return SqlDialect.SQLITE;
    }

    @Override
    Instant readClock() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    void begin() throws SQLException {
        forgetNow();
        marked = false;
        execute(begin);
    }

    @Override
    void commit() throws SQLException {
        execute("commit");
    }

    @Override
    void rollback() throws SQLException {
        execute("rollback");
    }

    @Override
    void mark() throws SQLException {
        if (marked) {
            execute("release unit");
        }
        execute("savepoint unit");
        marked = true;
    }

    @Override
    void undo() throws SQLException {
        execute("rollback to unit");
    }
}
