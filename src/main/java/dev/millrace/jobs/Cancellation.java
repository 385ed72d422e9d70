package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.JobRow.Course;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cancels jobs, for nothing or not at all. What no upstream has begun ends at once. A job that an upstream has is canceled when that
 * says that it stopped and bills nothing; when it says otherwise, it is too late, and the job goes on to its end. The due work
 * of a job that somebody runs stays until that one has cleared up.
 */
final class Cancellation {
    private final JobParts parts;
    private final Ending ending;
    private final Upstreams upstreams;

    Cancellation(JobParts parts, Ending ending, Upstreams upstreams) {
        this.parts = parts;
        this.ending = ending;
        this.upstreams = upstreams;
    }

    /**
     * What a look at the job came to.
     *
     * @param ended the job, when it was canceled
     * @param begun the job, when its upstream has to be asked
     */
    private record Look(@Nullable Job ended, @Nullable JobRow begun) {
        static final Look NOTHING = new Look(null, null);
    }

    CancelOutcome cancel(OrganizationId organization, JobId id, CancelRule rule) {
        Look look = parts.database()
                .writer()
                .write(
                        organization.text(),
                        tx -> open(tx, organization, id)
                                .map(row -> look(tx, row, rule))
                                .orElse(Look.NOTHING));
        Job ended = look.ended();
        JobRow begun = look.begun();
        if (begun != null && upstreams.cancel(begun)) {
            ended = parts.database()
                    .writer()
                    .<Optional<Job>>write(
                            organization.text(),
                            tx -> open(tx, organization, id).flatMap(row -> endRunning(tx, row)))
                    .orElse(null);
        }
        if (ended != null) {
            parts.signals().at(Checkpoint.CANCELED);
            return new CancelOutcome.Canceled(ended);
        }
        return parts.database()
                .read(tx -> JobReadStore.find(tx, organization, id))
                .<CancelOutcome>map(CancelOutcome.TooLate::new)
                .orElseGet(CancelOutcome.NotFound::new);
    }

    int cancelQueued(OrganizationId organization, Predicate<KeyId> keys, Runnable between) {
        int canceled = 0;
        for (QueuedJob job : parts.database().read(tx -> JobReadStore.queued(tx, organization))) {
            between.run();
            if (keys.test(job.key())
                    && cancel(organization, job.id(), CancelRule.QUEUED_ONLY) instanceof CancelOutcome.Canceled) {
                canceled++;
            }
        }
        return canceled;
    }

    private static Optional<JobRow> open(Tx tx, OrganizationId organization, JobId id) {
        return JobReadStore.load(tx, id)
                .filter(found -> found.job().organization().equals(organization))
                .filter(found -> !found.job().state().terminal());
    }

    private Look look(Tx tx, JobRow row, CancelRule rule) {
        String id = row.job().id().text();
        if (row.job().state() == JobState.QUEUED) {
            if (parts.dueWork().removeParked(tx, Jobs.KIND, id)) {
                return new Look(end(tx, row, true).orElse(null), null);
            }
            if (parts.dueWork().removeUnclaimed(tx, Jobs.KIND, id)) {
                return new Look(end(tx, row, false).orElse(null), null);
            }
        }
        return switch (rule) {
            // A job that is claimed has started, also where that is not written yet.
            case QUEUED_ONLY -> Look.NOTHING;
            case ANY -> {
                if (row.course().upstreamId() == null) {
                    yield new Look(endRunning(tx, row).orElse(null), null);
                }
                JobStore.askCancel(tx, row.job().id());
                yield new Look(null, row);
            }
        };
    }

    /** What a language model has written until now is the platform's loss: nobody gets it, and nobody pays for it. */
    private Course course(Tx tx, JobRow row, Sealed content) {
        Course course = row.course();
        if (content.text() == null || !course.intent()) {
            return course;
        }
        Job job = row.job();
        return course.losing(parts.billing()
                .worth(
                        tx,
                        job.model(),
                        job.priceVersion(),
                        content.parameters(),
                        TextSubmission.lostUnits(job, content)));
    }

    private Optional<Job> endRunning(Tx tx, JobRow row) {
        Optional<Job> ended = end(tx, row, false);
        ended.ifPresent(job -> JobStore.stop(tx, job.id()));
        return ended;
    }

    private Optional<Job> end(Tx tx, JobRow row, boolean waited) {
        byte[] sealed = row.sealed();
        if (sealed == null) {
            return Optional.empty();
        }
        Job job = row.job();
        Sealed content = Sealed.open(parts.seal(), job.id(), sealed);
        Optional<Job> ended =
                ending.write(tx, job, course(tx, row, content), content, new Outcome.Canceled(), parts.now(), waited);
        parts.signals().at(Checkpoint.CANCEL_BEFORE_COMMIT);
        return ended;
    }
}
