package dev.millrace.api.higgsfield;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.db.Tx;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.meter.Unit;
import java.time.Duration;

/** Remembers, with each job that v1 takes, how many entries its set has. */
final class JobSetRows implements JobCompanion {
    /** Longer than any job's row is kept. */
    private static final Duration KEPT = Duration.ofDays(400);

    @Override
    public void taken(Tx tx, Job job, AdmittedMedia admitted) {
        if (job.dialect().equals(Submissions.DIALECT_V1)) {
            long size = Math.max(1, admitted.planned().get(Unit.IMAGE));
            JobSetStore.insert(
                    tx, job.id(), size, job.createdAt(), job.createdAt().minus(KEPT));
        }
    }
}
