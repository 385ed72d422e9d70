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
    /**
     * Since when this server has not crashed: one that did may give the numbers of lost transactions to new ones. The crash of one of
     * its processes leaves the first of these moments as it was, but resets its statistics, which is the second.
     */
    private static final String SINCE =
            "concat(pg_postmaster_start_time(), ' ', pg_stat_get_bgwriter_stat_reset_time())";
    /** Older servers keep their statistics in a file, which is too slow to ask for with every batch. */
    private static final String SINCE_UNKNOWN = "cast(null as text)";

    private static final int TELLS_CRASHES = 15;
    private static final String NOT_YET_GIVEN = "22023";

    private static final char AT = '@';
    private static final int NO_LANE = -1;
    private static final int LANE_LOCKS = 0x4D494C4C;

    private final int lane;
    private final String beginLane;
    private final String ask;
    private @Nullable String transaction; // number and, after the mark, what SINCE said
    private boolean marked;

    private PostgresSession(Connection connection, int lane, String since) {
        super(connection);
        this.lane = lane;
        // Takes the lane, so that no two nodes' batches lock the same rows in different orders; then time and number.
        this.beginLane = "select pg_advisory_xact_lock(?, ?), " + MICROS + ", pg_current_xact_id()::text as id, "
                + since + " as since";
        this.ask = "select pg_xact_status(cast(cast(? as text) as xid8)) as status, " + since + " as since";
    }

    static PostgresSession writer(Connection connection, int lane) throws SQLException {
        boolean tells = connection.getMetaData().getDatabaseMajorVersion() >= TELLS_CRASHES;
        return new PostgresSession(connection, lane, tells ? SINCE : SINCE_UNKNOWN);
    }

    static PostgresSession reader(Connection connection) {
        return new PostgresSession(connection, NO_LANE, SINCE_UNKNOWN);
    }

    @Override
    SqlDialect dialect() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    Instant readClock() throws SQLException {
        try (ResultSet result = prepared(CLOCK).executeQuery()) {
            result.next();
            return Micros.instant(result.getLong("micros"));
        }
    }

    /** Learns the transaction's number with the time, so that the fate of an unanswered COMMIT can be found out. */
    private void beginLane() throws SQLException {
        PreparedStatement begin = prepared(beginLane);
        begin.setInt(1, LANE_LOCKS);
        begin.setInt(2, lane);
        try (ResultSet result = begin.executeQuery()) {
            result.next();
            keepNow(Micros.instant(result.getLong("micros")));
            transaction = result.getString("id") + AT + result.getString("since");
        }
    }

    @Override
    void begin() throws SQLException {
        forgetNow();
        transaction = null;
        marked = false;
        if (lane != NO_LANE) {
            beginLane();
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
    @Nullable
    String transaction() {
        return transaction;
    }

    /** Asks what became of an earlier transaction of any connection; past a crash its number may be another's. */
    @Override
    CommitFate fateOf(String transaction) throws SQLException {
        int at = transaction.indexOf(AT);
        PreparedStatement asked = prepared(ask);
        asked.setString(1, transaction.substring(0, at));
        try (ResultSet result = asked.executeQuery()) {
            result.next();
            boolean sameServer = transaction.substring(at + 1).equals(result.getString("since"));
            String status = String.valueOf(result.getString("status"));
            return switch (status) {
                case "committed" -> sameServer ? CommitFate.COMMITTED : CommitFate.FORGOTTEN;
                case "aborted" -> CommitFate.ABORTED;
                case "in progress" -> CommitFate.PENDING;
                default -> CommitFate.FORGOTTEN;
            };
        } catch (SQLException e) {
            if (NOT_YET_GIVEN.equals(e.getSQLState())) {
                return CommitFate.ABORTED; // a crash took it, and its number back
            }
            throw e;
        } finally {
            rollback();
        }
    }
}
