package dev.millrace.audit.runs;

import dev.millrace.audit.holds.StuckHolds;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** Runs the audit on its schedule, and ends stuck holds behind each run of what is new. One node does it at a time. */
public final class AuditWatch implements AutoCloseable {
    private static final String KIND = "audit";

    private final Database database;
    private final DueWork dueWork;
    private final AuditRuns runs;
    private final StuckHolds holds;
    private final AuditSettings settings;
    private final Workers workers;

    /** @param owner names this start of this node */
    public AuditWatch(
            Database database,
            DueWork dueWork,
            AuditRuns runs,
            StuckHolds holds,
            AuditSettings settings,
            String owner,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.runs = runs;
        this.holds = holds;
        this.settings = settings;
        WorkersSettings slow = WorkersSettings.DEFAULTS.withMaxRunning(1).withPace(Duration.ofSeconds(20));
        this.workers = new Workers(database, dueWork, KIND, owner, slow, this::work, metrics);
    }

    /** Begins. What is switched off is not due any more; what is on is first due after its time, for a start is a busy moment. */
    public void start() {
        database.writer().<Boolean>write(KIND, tx -> {
            for (Scope scope : Scope.values()) {
                Duration every = scope.every(settings);
                if (every.isZero()) {
                    dueWork.removeUnclaimed(tx, KIND, scope.wire());
                } else if (!dueWork.add(tx, KIND, scope.wire(), KIND, tx.now().plus(every))) {
                    soonerIfSet(tx.now().plus(every), scope, tx);
                }
            }
            return true;
        });
        workers.start();
    }

    /** A shorter time than the one that was set before counts from now. */
    private static void soonerIfSet(Instant due, Scope scope, Tx tx) {
        tx.update(
                "update due_work set due_at = ? where kind = ? and id = ? and owner is null and rank is null and due_at > ?",
                due,
                KIND,
                scope.wire(),
                due);
    }

    private void work(Claim claim, LeaseGuard guard) {
        Scope scope = Scope.parse(claim.id()).orElseThrow();
        runs.run(scope, "schedule");
        if (scope == Scope.NEW) {
            guard.check();
            holds.resolve();
        }
        Duration every = scope.every(settings);
        database.writer()
                .<Boolean>write(
                        KIND,
                        tx -> every.isZero()
                                ? dueWork.finish(tx, claim)
                                : dueWork.reschedule(tx, claim, tx.now().plus(every)));
    }

    @Override
    public void close() {
        workers.close();
    }
}
