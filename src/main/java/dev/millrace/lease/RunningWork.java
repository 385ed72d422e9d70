package dev.millrace.lease;

import dev.millrace.db.Database;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs on this node: one virtual thread per claim, and a lease watch for each. */
final class RunningWork {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWork.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Database database;
    private final DueWork dueWork;
    private final WorkersSettings settings;
    private final Runnable roomMade;
    private final AtomicInteger starting = new AtomicInteger();
    private volatile boolean leaving;

    RunningWork(Database database, DueWork dueWork, WorkersSettings settings, Runnable roomMade) {
        this.database = database;
        this.dueWork = dueWork;
        this.settings = settings;
        this.roomMade = roomMade;
    }

    int count() {
        return runs.size();
    }

    /** How much more may be started; nothing before half of what may be starting at once is under way, so that claims stay few and large. */
    int room() {
        int beginning = starting.get();
        int most = settings.maxStarting();
        return Math.min(settings.maxRunning() - runs.size(), beginning > most / 2 ? 0 : most - beginning);
    }

    boolean has(Claim claim) {
        Run run = runs.get(claim.id());
        return run != null && run.claim.fence() == claim.fence();
    }

    /** Starts the claim; {@code since} is the local monotonic time before the claim was asked for. */
    void start(Claim claim, WorkHandler handler, long since) {
        Run run = new Run(claim, handler, since);
        Run older = runs.put(claim.id(), run);
        if (older != null) {
            older.stop(); // its lease ran out here and the row came back to this node
        }
        starting.incrementAndGet();
        run.thread.start();
    }

    /** Notes that every lease here counts from this local monotonic time. */
    void renewed(long since) {
        for (Run run : runs.values()) {
            run.since = Math.max(run.since, since);
        }
    }

    /** Interrupts what was claimed before this local monotonic time, when the lease was found to have run out. */
    void lost(long since) {
        for (Run run : runs.values()) {
            if (run.since < since) {
                run.since = since - settings.lease().toNanos();
                run.stop();
            }
        }
    }

    /** Interrupts what must stop because its lease may be gone. */
    void interruptLost() {
        for (Run run : runs.values()) {
            if (run.lost()) {
                run.stop();
            }
        }
    }

    /** Waits for what runs, and interrupts the rest when the time is over; whatever stays claimed is given back by the caller. */
    void finish(Duration most) {
        leaving = true;
        if (!await(most)) {
            runs.values().forEach(Run::stop);
            await(AFTER_INTERRUPT);
        }
    }

    /** Makes the claim's work due again after the pause, unless the claim no longer stands. */
    void giveBack(Claim claim, Duration pause) {
        try {
            database.writer()
                    .write(
                            claim.part(),
                            tx -> dueWork.reschedule(tx, claim, tx.now().plus(pause)));
        } catch (RuntimeException e) {
            LOG.warn("{} {} keeps its claim until its lease runs out: {}", claim.kind(), claim.id(), e.toString());
        }
    }

    private boolean await(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        for (Run run : runs.values()) {
            try {
                long left = Math.max(0, until - System.nanoTime());
                if (!run.over.await(left, TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** One claim on its thread. */
    private final class Run implements LeaseGuard {
        private final Claim claim;
        private final Thread thread;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile long since;
        private volatile boolean stopped;
        private final AtomicBoolean underWay = new AtomicBoolean();

        Run(Claim claim, WorkHandler handler, long since) {
            this.claim = claim;
            this.since = since;
            this.thread =
                    Thread.ofVirtual().name(claim.kind() + "-" + claim.id()).unstarted(() -> run(handler));
        }

        @Override
        public void underWay() {
            if (underWay.compareAndSet(false, true) && starting.decrementAndGet() == settings.maxStarting() / 2) {
                roomMade.run();
            }
        }

        @Override
        public boolean lost() {
            return System.nanoTime() - since >= settings.lease().toNanos();
        }

        void stop() {
            stopped = true;
            thread.interrupt();
        }

        private void run(WorkHandler handler) {
            try {
                handler.work(claim, this);
            } catch (Exception | Error e) {
                failed(e);
            } finally {
                runs.remove(claim.id(), this);
                over.countDown();
                underWay();
                roomMade.run();
            }
        }

        private void failed(Throwable failure) {
            boolean told = stopped || failure instanceof LeaseLostException;
            if (told) {
                LOG.info("{} {} stopped on this node", claim.kind(), claim.id());
            } else {
                LOG.error("{} {} failed at attempt {}", claim.kind(), claim.id(), claim.attempt(), failure);
            }
            Thread.interrupted(); // or giving back would be cut short
            if (!lost() && !leaving) {
                giveBack(claim, told ? Duration.ZERO : settings.pauseAfter(claim.attempt()));
            }
        }
    }
}
