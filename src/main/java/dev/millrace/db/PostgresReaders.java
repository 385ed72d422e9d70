package dev.millrace.db;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads of PostgreSQL, each on a connection of the pool. */
final class PostgresReaders implements Readers {
    private final HikariDataSource pool;

    PostgresReaders(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Tries twice: the first connection may be one that broke while it was idle. */
    @Override
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        try {
            return readOnce(work);
        } catch (SQLException broken) {
            try {
                return readOnce(work);
            } catch (SQLException again) {
                throw Outage.unreachable();
            }
        }
    }

    private <R extends @Nullable Object> R readOnce(TxWork<R> work) throws SQLException {
        try (Session session = PostgresSession.reader(pool.getConnection())) {
            return Snapshot.read(session, work);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
