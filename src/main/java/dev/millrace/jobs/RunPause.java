package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.lease.LeaseGuard;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** How a running job waits: woken when the job has ended without it, when its upstream calls back, and when this node stops; interrupted when its lease is lost. */
final class RunPause {
    private final JobId job;
    private final JobSignals.Listener listener;
    private final CallInbox inbox;
    private final LeaseGuard guard;
    private final BooleanSupplier stopping;
    private final Predicate<JobId> ended;

    RunPause(
            JobId job,
            JobSignals.Listener listener,
            CallInbox inbox,
            LeaseGuard guard,
            BooleanSupplier stopping,
            Predicate<JobId> ended) {
        this.job = job;
        this.listener = listener;
        this.inbox = inbox;
        this.guard = guard;
        this.stopping = stopping;
        this.ended = ended;
    }

    /** Says that this run is over though the job's own course is not. */
    static final class Over extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean canceled;

        Over(boolean canceled) {
            super(canceled ? "canceled" : "the node stops", null, false, false);
            this.canceled = canceled;
        }

        /** Whether the job has ended meanwhile; else the node stops, and the job goes on elsewhere or later. */
        boolean canceled() {
            return canceled;
        }
    }

    /** Waits so long, unless there is a reason to leave. */
    void await(Duration length) throws InterruptedException, Over {
        await(length, false);
    }

    /** The same until the upstream calls back at most, and what it told lies in the inbox. */
    void untilCalled(Duration length) throws InterruptedException, Over {
        await(length, true);
    }

    private void await(Duration length, boolean untilCalled) throws InterruptedException, Over {
        guard.underWay();
        long until = System.nanoTime() + length.toNanos();
        while (true) {
            guard.check();
            if (stopping.getAsBoolean()) {
                throw new Over(false);
            }
            long left = until - System.nanoTime();
            if (left <= 0 || (untilCalled && !inbox.isEmpty())) {
                return;
            }
            if (listener.await(Duration.ofNanos(left))) {
                look();
            }
        }
    }

    /** Leaves when there is a reason to that can not wait: the job has ended, or its lease is lost. */
    void glance() throws Over, InterruptedException {
        guard.check();
        if (listener.await(Duration.ZERO)) {
            look();
        }
    }

    private void look() throws Over {
        if (ended.test(job)) {
            throw new Over(true);
        }
    }
}
