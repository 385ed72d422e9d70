package dev.millrace.jobs;

import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.WorkHandler;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs in the background of a node for its jobs: the workers, the sweep of old rows, and the writing of what was learnt. */
final class JobService {
    private static final Logger LOG = LoggerFactory.getLogger(JobService.class);
    private static final String SWEEP = "job-sweep";
    private static final int SWEEP_BATCH = 200;
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int STOPS_AT_ONCE = 1_000;
    /** Starting is what a job needs processor and database for: more at once would be no faster, and lie about in memory. */
    private static final int STARTING = 2_048;

    private static final Duration FLUSH_EVERY = Duration.ofSeconds(5);
    private static final Duration ROOM_EVERY = Duration.ofSeconds(5);

    private final JobParts parts;
    private final JobSignals listeners;
    private final CallInbox.Open inboxes;
    private final Pace pace;
    private final JobRunner runner;
    private final Room room;
    private final Workers workers;
    private final Workers sweeper;
    private final Workers eraser;
    private final CountDownLatch closed = new CountDownLatch(1);

    JobService(JobParts parts, JobSignals listeners, CallInbox.Open inboxes, Pace pace, JobRunner runner, Room room) {
        this.room = room;
        this.parts = parts;
        this.listeners = listeners;
        this.inboxes = inboxes;
        this.pace = pace;
        this.runner = runner;
        WorkersSettings settings = WorkersSettings.DEFAULTS
                .withMaxRunning(parts.settings().maxRunning())
                .withMaxStarting(STARTING);
        this.workers = workers(Jobs.KIND, settings, runner);
        this.eraser = workers(Erasure.KIND, WorkersSettings.DEFAULTS.withMaxRunning(2), new Erasure(parts)::work);
        this.sweeper = workers(SWEEP, WorkersSettings.DEFAULTS.withMaxRunning(1), this::sweep);
    }

    private Workers workers(String kind, WorkersSettings settings, WorkHandler handler) {
        return new Workers(parts.database(), parts.dueWork(), kind, parts.owner(), settings, handler, parts.metrics());
    }

    void wake() {
        workers.wake();
    }

    /** Has it seen at once that there is something to erase. */
    void wakeEraser() {
        eraser.wake();
    }

    void start() {
        pace.load();
        parts.database().writer().write(SWEEP, tx -> parts.dueWork().add(tx, SWEEP, SWEEP, SWEEP, tx.now()));
        workers.start();
        sweeper.start();
        eraser.start();
        Thread.ofVirtual().name("job-pace").start(() -> whileOpen(FLUSH_EVERY, this::flush));
        Thread.ofVirtual().name("job-room").start(() -> whileOpen(ROOM_EVERY, this::letGo));
        Thread.ofVirtual().name("job-stops").start(() -> whileOpen(LOOK_EVERY, this::hearStops));
        Thread.ofVirtual().name("job-calls").start(() -> whileOpen(LOOK_EVERY, this::hearCalls));
    }

    void close() {
        runner.stop();
        listeners.wakeAll();
        workers.drain(parts.settings().drain());
        sweeper.close();
        eraser.close();
        closed.countDown();
        flush();
    }

    private void sweep(Claim claim, LeaseGuard guard) {
        int gone;
        do {
            guard.check();
            gone = parts.database()
                    .writer()
                    .write(
                            SWEEP,
                            tx -> JobStore.prune(
                                    tx, parts.now().minus(parts.settings().keepRows()), SWEEP_BATCH));
        } while (gone == SWEEP_BATCH);
        parts.database().writer().write(SWEEP, tx -> {
            CallStore.prune(tx, parts.now().minus(SWEEP_EVERY));
            return parts.dueWork().reschedule(tx, claim, tx.now().plus(SWEEP_EVERY));
        });
    }

    private void whileOpen(Duration every, Runnable task) {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes the runs of jobs that ended elsewhere, as when another node took the wish to cancel one. */
    private void hearStops() {
        if (workers.running() > 0) {
            try {
                parts.database()
                        .read(tx -> JobReadStore.stops(tx, STOPS_AT_ONCE))
                        .forEach(listeners::changed);
            } catch (RuntimeException e) {
                LOG.warn("which jobs have ended elsewhere was not read: {}", e.toString());
            }
        }
    }

    /** Has the runs of jobs ask their upstreams that called back where another node listens. */
    private void hearCalls() {
        if (workers.running() == 0) {
            return;
        }
        try {
            List<CallStore.Call> heard = parts.database().read(tx -> CallStore.calls(tx, STOPS_AT_ONCE)).stream()
                    .filter(call -> inboxes.put(call.job(), CalledBack.SOMETHING))
                    .toList();
            heard.forEach(call -> listeners.called(call.job()));
            if (!heard.isEmpty()) {
                parts.database().writer().write(SWEEP, tx -> {
                    heard.forEach(call -> CallStore.heard(tx, call));
                    return heard.size();
                });
            }
        } catch (RuntimeException e) {
            LOG.warn("which upstreams have called elsewhere was not read: {}", e.toString());
        }
    }

    private void letGo() {
        try {
            room.sweep();
        } catch (RuntimeException e) {
            LOG.warn("jobs that wait were not looked at for room: {}", e.toString());
        }
    }

    private void flush() {
        try {
            pace.flush();
        } catch (RuntimeException e) {
            LOG.warn("what was learnt about the pace of jobs was not written: {}", e.toString());
        }
    }
}
