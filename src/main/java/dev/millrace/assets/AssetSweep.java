package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import io.micrometer.core.instrument.MeterRegistry;

/** Removes, now and then and on one node at a time, files whose retention has passed and files that never got a row. */
public final class AssetSweep implements AutoCloseable {
    private static final String KIND = "asset-sweep";
    private static final int BATCH = 200;

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

    private void sweep(Claim claim, LeaseGuard guard) {
        assets.sweep(BATCH);
        database.writer()
                .write(
                        KIND,
                        tx -> dueWork.reschedule(
                                tx, claim, tx.now().plus(assets.settings().sweepEvery())));
    }

    @Override
    public void close() {
        workers.close();
    }
}
