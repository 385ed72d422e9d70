package dev.millrace.jobs;

import dev.millrace.id.JobId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the threads of this node that wait for a job that something about it changed. Only waiting threads take room here.
 * Other nodes' changes are not heard: whoever must see those looks into the database now and then.
 */
final class JobSignals {
    private final ConcurrentHashMap<JobId, Set<Listener>> listeners = new ConcurrentHashMap<>();

    /** Begins to listen; what changes from now on is heard, also before the first wait. */
    Listener listen(JobId job) {
        return listen(job, false);
    }

    /** The same for who runs the job, and so makes its progress: that is not heard. */
    Listener listenToEnd(JobId job) {
        return listen(job, true);
    }

    private Listener listen(JobId job, boolean toEnd) {
        Listener listener = new Listener(job, toEnd);
        listeners.compute(job, (same, others) -> {
            Set<Listener> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(listener);
            return all;
        });
        return listener;
    }

    /** Wakes everyone who listens to the job; never blocks. */
    void changed(JobId job) {
        Set<Listener> all = listeners.get(job);
        if (all != null) {
            all.forEach(Listener::wake);
        }
    }

    /** Wakes everyone who listens to more than the job's end. */
    void progressed(JobId job) {
        Set<Listener> all = listeners.get(job);
        if (all != null) {
            all.stream().filter(listener -> !listener.toEnd).forEach(Listener::wake);
        }
    }

    /** Wakes whoever runs the job: its upstream called back. */
    void called(JobId job) {
        Set<Listener> all = listeners.get(job);
        if (all != null) {
            all.stream().filter(listener -> listener.toEnd).forEach(Listener::wake);
        }
    }

    /** Wakes everyone, as the node stops. */
    void wakeAll() {
        listeners.values().forEach(all -> all.forEach(Listener::wake));
    }

    /** One waiting thread's ear. */
    final class Listener implements AutoCloseable {
        private final JobId job;
        private final boolean toEnd;
        private final Semaphore wakes = new Semaphore(0);

        private Listener(JobId job, boolean toEnd) {
            this.job = job;
            this.toEnd = toEnd;
        }

        private void wake() {
            wakes.release();
        }

        /** Waits for a change, at most so long; true when one came since the last call. */
        boolean await(Duration most) throws InterruptedException {
            boolean woken = wakes.tryAcquire(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS);
            wakes.drainPermits();
            return woken;
        }

        @Override
        public void close() {
            listeners.computeIfPresent(job, (same, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
