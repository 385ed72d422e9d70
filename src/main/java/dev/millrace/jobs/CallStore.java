package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What upstreams' callbacks change: the id of an open job's submission where that is not known, and that there was one. */
final class CallStore {
    private CallStore() {}

    /** A job as far as a callback is compared with it. */
    record Called(
            OrganizationId organization,
            JobState state,
            int submission,
            @Nullable String upstreamId) {}

    /** An open job that an upstream called about, and when it last did. */
    record Call(JobId job, Instant at) {}

    static Optional<Called> find(Tx tx, JobId job) {
        return tx.one(
                "select organization, state, submission, upstream_id from jobs where id = ?",
                row -> new Called(
                        new OrganizationId(row.uuid("organization")),
                        JobState.read(row.text("state")),
                        Math.toIntExact(row.number("submission")),
                        row.textOrNull("upstream_id")),
                job);
    }

    /** Makes the upstream's id of a submission durable; false when the job has one, has ended, or went on elsewhere. */
    static boolean bind(Tx tx, JobId job, int submission, String upstreamId) {
        return tx.won(
                "update jobs set upstream_id = ? where id = ? and submission = ? and upstream_id is null"
                        + " and (state = 'queued' or state = 'running')",
                upstreamId,
                job,
                submission);
    }

    /** Leaves word that an upstream called; false when the job has ended, or went on elsewhere. */
    static boolean called(Tx tx, JobId job, int submission, Instant now) {
        return tx.won(
                "insert into job_calls (job, at) select id, ? from jobs where id = ? and submission = ?"
                        + " and (state = 'queued' or state = 'running')"
                        + " on conflict (job) do update set at = excluded.at",
                now,
                job,
                submission);
    }

    static List<Call> calls(Tx tx, int max) {
        return tx.list(
                "select job, at from job_calls limit ?",
                row -> new Call(new JobId(row.uuid("job")), row.instant("at")),
                max);
    }

    /** Takes a call away, unless there was another meanwhile. */
    static void heard(Tx tx, Call call) {
        tx.won("delete from job_calls where job = ? and at = ?", call.job(), call.at());
    }

    /** Takes calls away that nobody heard: their jobs have ended since, or were asked about when they were taken up. */
    static int prune(Tx tx, Instant before) {
        return tx.update("delete from job_calls where at < ?", before);
    }
}
