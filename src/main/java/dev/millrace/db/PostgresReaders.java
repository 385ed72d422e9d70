package dev.millrace.db;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads of PostgreSQL, each on a connection of the pool. They come in the order in which they ask: the pool alone hands connections
 * to whoever is quickest, and of many some would wait until their time is over.
 */
final class PostgresReaders implements Readers {
    private static final Duration TURN = Duration.ofSeconds(5);

    private final HikariDataSource pool;
    private final Semaphore turns;

    PostgresReaders(HikariDataSource pool) {
        this.pool = pool;
        this.turns = new Semaphore(pool.getMaximumPoolSize(), true);
    }

    /** Tries twice where the connection broke: it may have done so while it was idle. */
    @Override
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        if (!taken()) {
            throw Outage.contended();
        }
        try {
            return readOnce(work);
        } catch (SQLException broken) {
            return readAgain(work);
        } finally {
            turns.release();
        }
    }

    /** An interrupt waits for the read to end, as it does in the database. */
    private boolean taken() {
        long until = System.nanoTime() + TURN.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return turns.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
