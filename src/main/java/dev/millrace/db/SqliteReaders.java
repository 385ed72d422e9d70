package dev.millrace.db;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of the SQLite file on a few platform threads: SQLite is native code, which would hold the carrier of a virtual
 * thread for as long as a read lasts.
 */
final class SqliteReaders implements Readers {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);
    private static final int MOST_WAITING = 10_000;

    private final Sessions sessions;
    private final BlockingQueue<Session> idle;
    private final ExecutorService threads;

    SqliteReaders(int count, Sessions sessions) {
        this.sessions = sessions;
        this.idle = new ArrayBlockingQueue<>(count);
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("millrace-reader-", 0).daemon(true).factory());
    }

    @Override
    public <R extends @Nullable Object> R read(TxWork<R> work) {
        try {
            return CompletableFuture.supplyAsync(() -> readHere(work), threads).join();
        } catch (CompletionException e) {
            throw Failures.unwrapped(e);
        } catch (RejectedExecutionException e) {
            throw Outage.full();
        }
    }

    private <R extends @Nullable Object> R readHere(TxWork<R> work) {
        Session session = take();
        boolean sound = true;
        try {
            return Snapshot.read(session, work);
        } catch (SQLException e) {
            sound = false;
            throw Outage.unreachable();
        } finally {
            if (sound) {
                idle.add(session);
            } else {
                close(session);
            }
        }
    }

    private Session take() {
        Session waiting = idle.poll();
        try {
            return waiting == null ? sessions.open() : waiting;
        } catch (SQLException e) {
            throw Outage.unreachable();
        }
    }

    @Override
    public void close() {
        threads.close();
        idle.forEach(SqliteReaders::close);
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.warn("a connection to the database did not close: {}", e.toString());
        }
    }
}
