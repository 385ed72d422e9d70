package dev.millrace.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One writer: a platform thread with a connection of its own, which drains whatever has queued, runs it in one
 * transaction, commits once, and then completes the callers. It never waits for a batch to fill.
 */
final class Lane {
    private final BlockingQueue<Unit<?>> queue;
    private final Unit<?> stop = new Unit<>(tx -> "stopped");
    private final Session session;
    private final int batch;
    private final Thread thread;
    private volatile boolean closed;

    Lane(String name, Session session, DatabaseSettings settings) {
        this.session = session;
        this.batch = settings.batch();
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void add(Unit<?> unit) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("bug: a unit of work writes through the Writer and would wait for itself");
        }
        if (closed) {
            unit.abandon(Outage.closed());
        } else if (!queue.offer(unit)) {
            unit.abandon(Outage.full());
        }
    }

    private void work() {
        List<Unit<?>> units = new ArrayList<>(batch);
        boolean running = true;
        while (running) {
            units.clear();
            try {
                units.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody interrupts a lane: it ends when it is closed
            }
            queue.drainTo(units, batch - 1);
            running = !units.remove(stop);
            carryOut(units);
        }
    }

    private void carryOut(List<Unit<?>> units) {
        try {
            new Batch(session, true).run(units);
            session.commit();
            units.forEach(Unit::complete);
        } catch (SQLException | RuntimeException | Error e) {
            try {
                session.rollback();
            } catch (SQLException ignored) {
                // the first failure is the one to tell
            }
            units.forEach(unit -> unit.abandon(Outage.unreachable()));
        }
    }

    void close() throws InterruptedException, SQLException {
        closed = true;
        queue.put(stop);
        thread.join();
        session.close();
    }
}
