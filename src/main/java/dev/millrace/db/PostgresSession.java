package dev.millrace.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** One connection to PostgreSQL; the driver sends BEGIN along with the first statement, so it costs no round trip. */
final class PostgresSession extends Session {
    private static final String CLOCK = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private boolean marked;

    PostgresSession(Connection connection) {
        super(connection);
    }

    @Override
    SqlDialect dialect() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    Instant readClock() throws SQLException {
        PreparedStatement clock = prepared(CLOCK);
        try (ResultSet result = clock.executeQuery()) {
            result.next();
            return Micros.instant(result.getLong(1));
        }
    }

    @Override
    void begin() {
        forgetNow();
        marked = false;
    }

    @Override
    void commit() throws SQLException {
        connection().commit();
    }

    @Override
    void rollback() throws SQLException {
        connection().rollback();
    }

    @Override
    void mark() throws SQLException {
        execute(marked ? "release savepoint unit; savepoint unit" : "savepoint unit");
        marked = true;
    }

    @Override
    void undo() throws SQLException {
        execute("rollback to savepoint unit");
    }
}
