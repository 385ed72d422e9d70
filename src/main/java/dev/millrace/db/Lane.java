package dev.millrace.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;

/**
 * One writer: a platform thread that drains whatever has queued and has it carried out as one batch. It never waits for
 * a batch to fill.
 */
final class Lane {
    private final BlockingQueue<Unit<?>> queue;
    private final Unit<?> stop = new Unit<>(tx -> "stopped");
    private final LaneConnection connection;
    private final BatchRunner runner;
    private final WriterMetrics metrics;
    private final int batch;
    private final Thread thread;
    private volatile boolean closed;

    Lane(
            String name,
            LaneConnection connection,
            DatabaseSettings settings,
            WriterMetrics metrics,
            RandomGenerator random) {
        this.connection = connection;
        this.runner = new BatchRunner(connection, metrics, random);
        this.metrics = metrics;
        this.batch = settings.batch();
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::work);
        metrics.watch(name, queue);
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
            metrics.refused();
            unit.abandon(Outage.full());
        } else if (closed && queue.remove(unit)) {
            unit.abandon(Outage.closed()); // it slipped in behind the last batch
        }
    }

    private void work() {
        List<Unit<?>> units = new ArrayList<>(batch);
        boolean running = true;
        connection.warmUp();
        while (running) {
            units.clear();
            try {
                units.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody interrupts a lane: it ends when it is closed
            }
            queue.drainTo(units, batch - 1);
            running = !units.remove(stop);
            runner.carryOut(units);
        }
    }

    /** Carries out what has queued, and then ends. */
    void close() throws InterruptedException, SQLException {
        closed = true;
        queue.put(stop);
        thread.join();
        connection.close();
    }
}
