package dev.millrace.jobs;

import dev.millrace.admission.FetchedInputs;
import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Assets;
import dev.millrace.assets.ContentTypes;
import dev.millrace.catalog.Model;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.id.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that jobs had fetched. Each is kept in the asset store until its job ends, so that a job that is taken up again after a
 * crash has the file that it began with, whatever has become of its URL.
 */
final class KeptInputs {
    private static final Duration SPARE = Duration.ofHours(1);

    private final Assets assets;
    private final IdSource ids;
    private final Duration queueTimeout;

    KeptInputs(JobParts parts) {
        this.assets = parts.assets();
        this.ids = parts.ids();
        this.queueTimeout = parts.settings().queueTimeout();
    }

    /** The kept files of a job by the parameter that named each. */
    static Map<String, AssetId> of(Tx tx, JobId job) {
        Map<String, AssetId> kept = new HashMap<>();
        tx.list(
                "select field, asset from job_inputs where job = ?",
                row -> kept.put(row.text("field"), new AssetId(row.uuid("asset"))),
                job);
        return kept;
    }

    /** Keeps what was fetched for an open job; say so to {@code files} once the transaction has committed. */
    void keep(Tx tx, Job job, Model model, FetchedInputs files, Instant now) {
        // Longer than the job can last: should its end forget the files, the sweep does not.
        Instant until = now.plus(queueTimeout).plus(model.timeout()).plus(SPARE);
        for (FetchedInputs.Copy copy : files.fetched()) {
            AssetId asset = ids.asset();
            String name = "input." + ContentTypes.extension(copy.file().contentType());
            if (assets.record(tx, copy.file(), asset, job.organization(), AssetKind.INPUT, name, until)
                    .isEmpty()) {
                throw new IllegalStateException("bug: an input's asset is there already");
            }
            tx.update(
                    "insert into job_inputs (job, field, asset) values (?, ?, ?)"
                            + " on conflict (job, field) do update set asset = excluded.asset",
                    job.id(),
                    copy.field(),
                    asset);
        }
    }

    /** Lets the files of a job go that ends. */
    void release(Tx tx, JobId job) {
        List<AssetId> gone = tx.list(
                "delete from job_inputs where job = ? returning asset", row -> new AssetId(row.uuid("asset")), job);
        gone.forEach(asset -> assets.hide(tx, asset));
        if (!gone.isEmpty()) {
            // Not on the writer's thread, which must not wait for a disk; lost in a crash, the sweep does it.
            tx.afterCommit(() -> Thread.startVirtualThread(() -> assets.purge(gone)));
        }
    }
}
