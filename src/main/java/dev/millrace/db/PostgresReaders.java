package dev.millrace.db;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads of PostgreSQL, each on a connection of the pool. */
final class PostgresReaders implements Readers {
    private final HikariDataSource pool;

    PostgresReaders(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Tries twice where the connection broke: it may have done so while it was idle. */
    @Override
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        try {
            return readOnce(work);
        } catch (SQLException broken) {
            return readAgain(work);
        }
    }

    private <R extends @Nullable Object> R readAgain(TxWork<R> work) {
        try {
            return readOnce(work);
        } catch (SQLException broken) {
            throw Outage.unreachable();
        }
    }

    private <R extends @Nullable Object> R readOnce(TxWork<R> work) throws SQLException {
        try (Session session = PostgresSession.reader(connection())) {
            return Snapshot.read(session, work);
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException away) {
            throw Outage.unreachable();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
