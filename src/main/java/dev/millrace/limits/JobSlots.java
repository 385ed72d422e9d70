package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Counts the open (queued or running) jobs of each organization in the database, in the transaction that accepts or ends
 * a job: no crash and no second node can make the count wrong.
 */
public final class JobSlots {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final int limit;

    public JobSlots(LimitSettings settings) {
        this.limit = settings.openJobs();
    }

    /** Takes a slot for one more open job; false when the organization has as many as it may. */
    public boolean take(Tx tx, OrganizationId organization) {
        return increment(tx, organization)
                || tx.won(
                        "insert into job_slots (organization, open_jobs) values (?, 1) on conflict (organization) do nothing",
                        organization)
                // Another node may have made the row between the two.
                || increment(tx, organization);
    }

    private boolean increment(Tx tx, OrganizationId organization) {
        return tx.won(
                "update job_slots set open_jobs = open_jobs + 1 where organization = ? and open_jobs < ?",
                organization,
                limit);
    }

    /** Gives a slot back, once for each that was taken; false when none was. */
    public boolean giveBack(Tx tx, OrganizationId organization) {
        return tx.won(
                "update job_slots set open_jobs = open_jobs - 1 where organization = ? and open_jobs > 0",
                organization);
    }

    public long open(Tx tx, OrganizationId organization) {
        return tx.count("select open_jobs from job_slots where organization = ?", organization);
    }

    /** What a caller is told when there is no slot left. */
    public Problem refusal() {
        return new Problem(
                ProblemCode.CONCURRENCY_REACHED,
                "The organization has " + limit
                        + " jobs queued or running, which is all it may have; wait for one to end," + " or cancel one.",
                List.of(),
                Map.of("limit", limit),
                COME_BACK);
    }
}
