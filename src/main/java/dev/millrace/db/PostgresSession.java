package dev.millrace.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One connection to PostgreSQL; the driver sends BEGIN along with the first statement, so it costs no round trip. */
final class PostgresSession extends Session {
    private static final String MICROS = "(extract(epoch from clock_timestamp()) * 1000000)::bigint as micros";
    private static final String CLOCK = "select " + MICROS;
    private static final String NUMBERED_CLOCK = "select " + MICROS + ", pg_current_xact_id()::text as id";

    private final boolean writes;
    private @Nullable String transaction;
    private boolean marked;

    private PostgresSession(Connection connection, boolean writes) {
        super(connection);
        this.writes = writes;
    }

    static PostgresSession writer(Connection connection) {
        return new PostgresSession(connection, true);
    }

    static PostgresSession reader(Connection connection) {
        return new PostgresSession(connection, false);
    }

    @Override
    SqlDialect dialect() {
        return SqlDialect.POSTGRESQL;
    }

    /** A writer asks for the transaction's number with the time, so that the fate of an unanswered COMMIT can be learnt. */
    @Override
    Instant readClock() throws SQLException {
        PreparedStatement clock = prepared(writes ? NUMBERED_CLOCK : CLOCK);
        try (ResultSet result = clock.executeQuery()) {
            result.next();
            transaction = writes ? result.getString(2) : null;
            return Micros.instant(result.getLong(1));
        }
    }

    @Override
    void begin() throws SQLException {
        forgetNow();
        transaction = null;
        marked = false;
        if (writes) {
            now();
        }
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

    @Override
    @Nullable String transaction() {
        return transaction;
    }

    /** Asks what became of an earlier transaction of any connection. */
    @Override
    CommitFate fateOf(String transaction) throws SQLException {
        PreparedStatement ask = prepared("select pg_xact_status(cast(cast(? as text) as xid8))");
        ask.setString(1, transaction);
        try (ResultSet result = ask.executeQuery()) {
            result.next();
            String status = String.valueOf(result.getString(1));
            return switch (status) {
                case "committed" -> CommitFate.COMMITTED;
                case "aborted" -> CommitFate.ABORTED;
                case "in progress" -> CommitFate.PENDING;
                default -> CommitFate.FORGOTTEN;
            };
        } finally {
            rollback();
        }
    }
}
