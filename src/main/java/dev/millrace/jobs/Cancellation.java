package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.util.Optional;

/**
 * Cancels jobs. A canceled job has ended at once, whoever runs it; its worker finds out, stops the upstream and leaves,
 * and the due work of a running job stays until somebody has done that.
 */
final class Cancellation {
    private final JobParts parts;
    private final Ending ending;

    Cancellation(JobParts parts, Ending ending) {
        this.parts = parts;
        this.ending = ending;
    }

    CancelOutcome cancel(OrganizationId organization, JobId id, CancelRule rule) {
        Optional<Job> canceled = parts.database().writer().write(organization.text(), tx -> {
            Optional<JobRow> row = JobReadStore.load(tx, id)
                    .filter(found -> found.job().organization().equals(organization))
                    .filter(found -> !found.job().state().terminal());
            return row.isPresent() && taken(tx, row.get(), rule) ? end(tx, row.get()) : Optional.empty();
        });
        if (canceled.isPresent()) {
            return new CancelOutcome.Canceled(canceled.get());
        }
        return parts.database()
                .read(tx -> JobReadStore.find(tx, organization, id))
                .<CancelOutcome>map(CancelOutcome.TooLate::new)
                .orElseGet(CancelOutcome.NotFound::new);
    }

    /** Whether the rule lets this job be canceled; takes it out of the queue when nobody runs it. */
    private boolean taken(Tx tx, JobRow row, CancelRule rule) {
        String id = row.job().id().text();
        boolean queued = row.job().state() == JobState.QUEUED;
        return switch (rule) {
            // A job that is claimed has started, also where that is not written yet.
            case QUEUED_ONLY -> queued && parts.dueWork().removeUnclaimed(tx, Jobs.KIND, id);
            case ANY -> {
                if (queued) {
                    parts.dueWork().removeUnclaimed(tx, Jobs.KIND, id);
                }
                yield true;
            }
        };
    }

    private Optional<Job> end(Tx tx, JobRow row) {
        byte[] sealed = row.sealed();
        if (sealed == null) {
            return Optional.empty();
        }
        Job job = row.job();
        Sealed content = Sealed.open(parts.seal(), job.id(), sealed);
        Optional<Job> ended = ending.write(tx, job, row.course(), content, new Outcome.Canceled(), parts.now());
        parts.signals().at(Checkpoint.CANCEL_BEFORE_COMMIT);
        return ended;
    }
}
