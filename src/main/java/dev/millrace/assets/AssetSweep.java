package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Removes, now and then and on one node at a time, files whose retention has passed and files that never got a row. */
public final class AssetSweep implements AutoCloseable {
    private static final String KIND = "asset-sweep";
    private static final int BATCH = 200;
    private static final int ROUNDS = 50;

    private final Database database;
    private final DueWork dueWork;
    private final Assets assets;
    private final Workers workers;

    /** @param owner names this start of this node */
    public AssetSweep(Database database, DueWork dueWork, Assets assets, String owner, MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.assets = assets;
        this.workers = new Workers(
                database, dueWork, KIND, owner, WorkersSettings.DEFAULTS.withMaxRunning(1), this::sweep, metrics);
    }

    public void start() {
        database.writer().write(KIND, tx -> dueWork.add(tx, KIND, KIND, KIND, tx.now()));
        workers.start();
    }

    /** So many rounds and no more; what is left is due at once, and a sweep that stops anywhere goes on there. */
    private void sweep(Claim claim, LeaseGuard guard) {
        boolean more = true;
        for (int rounds = 0; more && rounds < ROUNDS; rounds++) {
            guard.check();
            more = assets.disposal().round(BATCH);
        }
        guard.check();
        assets.disposal().searchOrphans();
        Duration pause = more ? Duration.ZERO : assets.settings().sweepEvery();
        database.writer()
                .write(KIND, tx -> dueWork.reschedule(tx, claim, tx.now().plus(pause)));
    }

    @Override
    public void close() {
        workers.close();
    }
}
