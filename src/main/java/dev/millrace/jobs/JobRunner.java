package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.db.TxWork;
import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.WorkHandler;
import dev.millrace.meter.Units;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Takes each claim of a job to whoever it is for: an open job is run, an ended one only cleared up behind. */
final class JobRunner implements WorkHandler {
    private final Around around;
    private final JobParts parts;
    private final Upstreams upstreams;
    private volatile boolean stopping;

    /** What every run is surrounded by. */
    record Around(
            JobParts parts,
            JobSignals listeners,
            CallInbox.Open inboxes,
            Pace pace,
            Watching watching,
            Ending ending,
            Telling telling) {}

    JobRunner(Around around, Upstreams upstreams) {
        this.around = around;
        this.upstreams = upstreams;
        this.parts = around.parts();
    }

    /** Has every run leave in good order at its next pause; to be followed by {@link JobSignals#wakeAll}. */
    void stop() {
        stopping = true;
    }

    /** Reads the jobs of all of the claims at once; what can not be read so is read, and fails, alone. */
    @Override
    public WorkHandler prepared(Tx tx, List<Claim> claims) {
        List<JobId> ids = claims.stream()
                .flatMap(claim -> JobId.parse(claim.id()).stream())
                .toList();
        Map<JobId, JobRow> rows = new ConcurrentHashMap<>();
        JobReadStore.load(tx, ids).forEach(row -> rows.put(row.job().id(), row));
        return (claim, guard) -> work(claim, guard, id -> Optional.ofNullable(rows.remove(id)));
    }

    @Override
    public void work(Claim claim, LeaseGuard guard) throws InterruptedException {
        work(claim, guard, id -> Optional.empty());
    }

    private void work(Claim claim, LeaseGuard guard, Function<JobId, Optional<JobRow>> read)
            throws InterruptedException {
        parts.signals().at(Checkpoint.CLAIMED);
        JobId id = JobId.parse(claim.id()).orElseThrow();
        // Both before its upstream is asked how it stands: what comes from then on is heard.
        try (JobSignals.Listener listener = around.listeners().listenToEnd(id);
                CallInbox inbox = around.inboxes().open(id)) {
            Optional<JobRow> row = read.apply(id).or(() -> parts.database().read(tx -> JobReadStore.load(tx, id)));
            byte[] sealed = row.isPresent() ? row.get().sealed() : null;
            if (row.isEmpty() || sealed == null) {
                // Whoever ran it did not live to tell its upstream.
                row.filter(ended -> ended.job().state() == JobState.CANCELED).ifPresent(upstreams::cancel);
                write(claim, tx -> {
                    JobStore.stopped(tx, id);
                    return parts.dueWork().finish(tx, claim);
                });
                return;
            }
            Sealed content = content(claim, row.get(), sealed);
            RunPause pause = new RunPause(id, listener, inbox, guard, () -> stopping, this::hasEnded);
            new JobRun(around, claim, guard, row.get().opened(), content, pause, inbox).run();
        }
    }

    /** What a job holds; a job that can not be opened, time after time, has nothing in it when it fails. */
    private Sealed content(Claim claim, JobRow row, byte[] sealed) {
        try {
            return Sealed.open(parts.seal(), row.job().id(), sealed);
        } catch (IllegalStateException e) {
            if (claim.attempt() <= parts.settings().maxClaims()) {
                throw e;
            }
            return new Sealed(Json.object(), null, Units.NONE, URI.create("about:blank"), null);
        }
    }

    private boolean hasEnded(JobId job) {
        return parts.database()
                .read(tx -> JobReadStore.state(tx, job))
                .map(JobState::terminal)
                .orElse(true);
    }

    private <R> void write(Claim claim, TxWork<R> work) {
        parts.database().writer().write(claim.part(), work);
    }
}
