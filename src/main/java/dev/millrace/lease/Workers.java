package dev.millrace.lease;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one kind on this node: they claim due work in batches when woken or on a pace, run each claim on a
 * virtual thread, and keep the leases alive.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int MOST_AT_ONCE = 512;
    private static final int LEAVE_AT_ONCE = 5_000;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final Database database;
    private final DueWork dueWork;
    private final String kind;
    private final String owner;
    private final WorkersSettings settings;
    private final WorkHandler handler;
    private final RunningWork running;
    private final Heartbeat heartbeat;
    private final Signal signal = new Signal();
    private final Thread claimer;
    private volatile boolean draining;
    private volatile boolean started;

    /** What one transaction claimed, and who does it. */
    private record Claimed(List<Claim> claims, WorkHandler doer) {}

    /**
     * @param owner names this start of this node: no two that run at once, or one after the other, share it
     * @param handler does the work
     */
    public Workers(
            Database database,
            DueWork dueWork,
            String kind,
            String owner,
            WorkersSettings settings,
            WorkHandler handler,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.kind = kind;
        this.owner = owner;
        this.settings = settings;
        this.handler = handler;
        this.running = new RunningWork(database, dueWork, settings, signal::raise);
        this.heartbeat = new Heartbeat(database, dueWork, kind, owner, settings, running);
        this.claimer = Thread.ofVirtual().name("claim-" + kind).unstarted(this::claimWhileOpen);
        Gauge.builder("millrace.work.running", running::count).tag("kind", kind).register(metrics);
    }

    /** Begins to claim. On SQLite this node is the only one, so it takes over at once what a crash left claimed. */
    public void start() {
        if (database.dialect() == SqlDialect.SQLITE) {
            database.writer().write(lane(), tx -> dueWork.takeOver(tx, kind, owner));
        }
        started = true;
        heartbeat.start();
        claimer.start();
    }

    /** Says that there is work: fit for {@code Tx.afterCommit}, for it never blocks. */
    public void wake() {
        signal.raise();
    }

    /** How much work runs now. */
    public int running() {
        return running.count();
    }

    /**
     * Claims no more, lets what runs finish for the given time, and interrupts the rest. What is claimed still, because it was
     * interrupted or its handler left it so when the drain began, is given back: another node goes on with it at once.
     */
    public void drain(Duration most) {
        draining = true;
        signal.raise();
        if (claimer.isAlive()) {
            join(claimer);
        }
        running.finish(most);
        heartbeat.close();
        if (started) {
            leave();
        }
    }

    private void leave() {
        try {
            int left;
            do {
                left = database.writer().write(lane(), tx -> dueWork.leave(tx, kind, owner, LEAVE_AT_ONCE));
            } while (left == LEAVE_AT_ONCE);
        } catch (RuntimeException e) {
            LOG.warn("{} work stays claimed until the lease runs out: {}", kind, e.toString());
        }
    }

    /** Drains without waiting for what runs. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private void claimWhileOpen() {
        while (!draining) {
            try {
                boolean more = claimOnce();
                if (!more) {
                    signal.await(settings.pace());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("claiming {} work failed: {}", kind, e.toString());
                pause();
            }
        }
    }

    /** Claims as much as there is room for; true when there may be more and there is room for it. */
    private boolean claimOnce() {
        int room = Math.min(running.room(), MOST_AT_ONCE);
        if (room == 0) {
            return false;
        }
        long since = System.nanoTime();
        Claimed claimed = database.writer().write(lane(), tx -> claimed(tx, room));
        claimed.claims.forEach(claim -> running.start(claim, claimed.doer, since));
        return claimed.claims.size() == room && running.room() > 0;
    }

    private Claimed claimed(Tx tx, int most) {
        List<Claim> claims = dueWork.claim(tx, kind, owner, most, settings.lease());
        return new Claimed(claims, claims.isEmpty() ? handler : handler.prepared(tx, claims));
    }

    private void pause() {
        try {
            signal.await(AFTER_FAILURE);
        } catch (InterruptedException e) {
            draining = true;
        }
    }

    private String lane() {
        return "due:" + kind;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
