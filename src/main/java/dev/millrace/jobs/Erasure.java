package dev.millrace.jobs;

import dev.millrace.assets.Assets;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Erases what customers want gone: one output, a job, or everything of an organization. What it cost stays in the books. */
final class Erasure {
    /** The kind of the due work that erases everything of an organization. */
    static final String KIND = "erasure";

    private static final int BATCH = 100;
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final JobParts parts;

    Erasure(JobParts parts) {
        this.parts = parts;
    }

    /** Erases outputs and content of an ended job. */
    void job(OrganizationId organization, JobId id) {
        Assets assets = parts.assets();
        List<AssetId> erased = parts.database().writer().write(organization.text(), tx -> {
            Job job = JobReadStore.find(tx, organization, id).orElseThrow(Watching::absent);
            if (!job.state().terminal()) {
                throw new ProblemException(
                        ProblemCode.NOT_FINISHED, "The job has not ended; cancel it, or wait, and delete it then.");
            }
            List<AssetId> outputs = job.outputs().stream().map(JobOutput::asset).toList();
            if (JobStore.erase(tx, id, parts.now())) {
                outputs.forEach(output -> assets.hide(tx, output));
                parts.companions().forEach(companion -> companion.erased(tx, job));
            }
            return outputs;
        });
        assets.purge(erased);
    }

    /** Erases one output of an ended job. */
    void output(OrganizationId organization, JobId id, int index) {
        Assets assets = parts.assets();
        AssetId erased = parts.database().writer().write(organization.text(), tx -> {
            Job job = JobReadStore.find(tx, organization, id).orElseThrow(Watching::absent);
            JobOutput output = job.outputs().stream()
                    .filter(one -> one.index() == index)
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            job.state().terminal() ? ProblemCode.NOT_FOUND : ProblemCode.NOT_FINISHED,
                            "The job has no output " + index + "."));
            if (JobStore.eraseOutput(tx, id, index, parts.now())) {
                assets.hide(tx, output.asset());
            }
            return output.asset();
        });
        assets.purge(List.of(erased));
    }

    /** Has everything erased that the organization has now; jobs that run are erased once they have ended. */
    static boolean everything(Tx tx, DueWork dueWork, OrganizationId organization, Instant now) {
        ErasureStore.ask(tx, organization, now);
        // One that waits for open jobs begins anew, with the new moment.
        dueWork.removeUnclaimed(tx, KIND, organization.text());
        return dueWork.add(tx, KIND, organization.text(), organization.text(), tx.now());
    }

    /** When it was asked to erase everything; empty when that is done, or nobody asked. */
    Optional<Instant> pending(OrganizationId organization) {
        return parts.database().read(tx -> ErasureStore.asked(tx, organization));
    }

    /** Goes through an organization in batches; stopped anywhere, it begins again and finds less to do. */
    void work(Claim claim, LeaseGuard guard) {
        OrganizationId organization = OrganizationId.parse(claim.id()).orElseThrow();
        Optional<Instant> asked = pending(organization);
        if (asked.isEmpty()) {
            finish(claim, organization, Instant.MIN);
            return;
        }
        boolean open = jobs(organization, asked.get(), guard);
        while (parts.assets().eraseAll(organization, asked.get(), BATCH) == BATCH) {
            guard.check();
        }
        if (open) {
            parts.database()
                    .writer()
                    .write(
                            organization.text(),
                            tx -> parts.dueWork().reschedule(tx, claim, tx.now().plus(AGAIN)));
        } else {
            finish(claim, organization, asked.get());
        }
    }

    /** True when some of them are open still. */
    private boolean jobs(OrganizationId organization, Instant until, LeaseGuard guard) {
        boolean open = false;
        ErasureStore.Place place = ErasureStore.Place.START;
        while (true) {
            guard.check();
            ErasureStore.Place from = place;
            List<ErasureStore.Found> found =
                    parts.database().read(tx -> ErasureStore.jobs(tx, organization, until, from, BATCH));
            for (ErasureStore.Found one : found) {
                if (one.ended()) {
                    job(organization, one.id());
                }
                open |= !one.ended();
                place = one.place();
            }
            if (found.size() < BATCH) {
                return open;
            }
        }
    }

    /** Done, unless it was asked again meanwhile. */
    private void finish(Claim claim, OrganizationId organization, Instant asked) {
        parts.database().writer().write(organization.text(), tx -> {
            ErasureStore.done(tx, organization, asked);
            return ErasureStore.asked(tx, organization).isEmpty()
                    ? parts.dueWork().finish(tx, claim)
                    : parts.dueWork().reschedule(tx, claim, tx.now());
        });
    }
}
