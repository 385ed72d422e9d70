package dev.millrace.app;

import dev.millrace.billing.Quotes;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** Removes what has served its time in rooms that run no work of their own, so that their tables stay bounded. */
final class Housekeeping implements Node.Part {
    private static final String KIND = "housekeeping";
    private static final String ONLY = "all";
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 500;

    private final Database database;
    private final DueWork dueWork;
    private final Quotes quotes;
    private final Idempotency idempotency;
    private final Workers workers;

    Housekeeping(
            Database database,
            DueWork dueWork,
            Quotes quotes,
            Idempotency idempotency,
            String owner,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.quotes = quotes;
        this.idempotency = idempotency;
        WorkersSettings slow = WorkersSettings.DEFAULTS.withMaxRunning(1).withPace(Duration.ofMinutes(1));
        this.workers = new Workers(database, dueWork, KIND, owner, slow, (claim, guard) -> clean(claim), metrics);
    }

    void start() {
        database.writer().write(KIND, tx -> dueWork.add(tx, KIND, ONLY, ONLY, tx.now()));
        workers.start();
    }

    private void clean(Claim claim) {
        database.writer().write(KIND, tx -> dueWork.reschedule(tx, claim, next(tx)));
    }

    /** Cleans one batch; the next one is due at once while there is more. */
    private Instant next(Tx tx) {
        int most = Math.max(quotes.prune(tx, BATCH), idempotency.prune(tx, BATCH));
        return most == BATCH ? tx.now() : tx.now().plus(EVERY);
    }

    @Override
    public void end(Duration limit) {
        workers.drain(limit);
    }
}
