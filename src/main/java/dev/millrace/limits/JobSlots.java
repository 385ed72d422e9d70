package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the open (queued or running) jobs of each organization in the database, in the transaction that accepts or ends
 * a job: no crash and no second node can make the count wrong. Of the open ones as many are active as may run; the others wait.
 */
public final class JobSlots {
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final LimitSettings settings;
    private final KeySlots keys = new KeySlots();

    public JobSlots(LimitSettings settings) {
        this.settings = settings;
    }

    /** What came of asking for a slot. */
    public enum Taken {
        /** It may run. */
        ACTIVE,
        /** As many run as may: it waits until {@link #giveBack} makes room. */
        WAITING,
        /** The organization has as many open as it may. */
        ORGANIZATION_FULL,
        /** The key has as many open as it may. Whatever else the transaction did must be undone. */
        KEY_FULL
    }

    /**
     * @param active how many of the open ones may run
     * @param limitedKey whether the key has a limit of its own
     */
    private record Counts(long open, long active, boolean limitedKey) {
        boolean allActive() {
            return open == active;
        }
    }

    /** Takes a slot for one more open job of the key. */
    public Taken take(Tx tx, OrganizationId organization, KeyId key) {
        Optional<Counts> counts = increment(tx, organization, key);
        if (counts.isEmpty() && !first(tx, organization)) {
            // Another node may have made the row between the two.
            counts = increment(tx, organization, key);
            if (counts.isEmpty()) {
                return Taken.ORGANIZATION_FULL;
            }
        }
        boolean limited = counts.map(Counts::limitedKey).orElse(true);
        if (limited && !keys.take(tx, key)) {
            return Taken.KEY_FULL;
        }
        return counts.map(Counts::allActive).orElse(true) ? Taken.ACTIVE : Taken.WAITING;
    }

    private static boolean first(Tx tx, OrganizationId organization) {
        return tx.won(
                "insert into job_slots (organization, open_jobs, active_jobs) values (?, 1, 1)"
                        + " on conflict (organization) do nothing",
                organization);
    }

    private Optional<Counts> increment(Tx tx, OrganizationId organization, KeyId key) {
        return counts(
                tx,
                "update job_slots set open_jobs = open_jobs + 1, active_jobs = active_jobs"
                        + " + case when active_jobs < coalesce(max_running, ?) then 1 else 0 end"
                        + " where organization = ? and open_jobs < coalesce(max_open, ?)"
                        + " returning open_jobs, active_jobs,"
                        + " (select count(*) from key_job_slots k where k.key_id = ?) as limited_key",
                settings.runningJobs(),
                organization,
                settings.openJobs(),
                key);
    }

    /**
     * Gives a slot back, once for each that was taken.
     *
     * @param waited whether its job was waiting still
     * @return how many waiting jobs may run now; they are to be let go, and {@link #activated} to be told
     */
    public long giveBack(Tx tx, OrganizationId organization, KeyId key, boolean waited) {
        Optional<Counts> counts = counts(
                tx,
                "update job_slots set open_jobs = open_jobs - 1, active_jobs = active_jobs - ?"
                        + " where organization = ? and open_jobs > 0 returning open_jobs, active_jobs,"
                        + " (select count(*) from key_job_slots k where k.key_id = ?) as limited_key",
                waited ? 0 : 1,
                organization,
                key);
        if (counts.map(Counts::limitedKey).orElse(true)) {
            keys.giveBack(tx, key);
        }
        return counts.isEmpty() || counts.get().allActive() ? 0 : room(tx, organization);
    }

    /** How many waiting jobs of the organization may run. */
    public long room(Tx tx, OrganizationId organization) {
        return Math.max(
                0,
                tx.count(
                        "select coalesce(max(case when open_jobs < coalesce(max_running, ?) then open_jobs"
                                + " else coalesce(max_running, ?) end - active_jobs), 0) from job_slots where organization = ?",
                        settings.runningJobs(),
                        settings.runningJobs(),
                        organization));
    }

    /** Notes that so many jobs no longer wait. */
    public void activated(Tx tx, OrganizationId organization, long jobs) {
        tx.update("update job_slots set active_jobs = active_jobs + ? where organization = ?", jobs, organization);
    }

    /** How many jobs of the organization are queued or running. */
    public long open(Tx tx, OrganizationId organization) {
        return tx.count("select coalesce(sum(open_jobs), 0) from job_slots where organization = ?", organization);
    }

    /** What the organization may have; the installation's limits unless others were set. */
    public JobLimits limits(Tx tx, OrganizationId organization) {
        return tx.one(
                        "select coalesce(plan, ?) as plan, coalesce(max_open, ?) as max_open,"
                                + " coalesce(max_running, ?) as max_running from job_slots where organization = ?",
                        row -> new JobLimits(row.text("plan"), row.number("max_open"), row.number("max_running")),
                        JobLimits.DEFAULT_PLAN,
                        settings.openJobs(),
                        settings.runningJobs(),
                        organization)
                .orElseGet(() -> new JobLimits(JobLimits.DEFAULT_PLAN, settings.openJobs(), settings.runningJobs()));
    }

    /** Sets what the organization may have. Jobs that are open already stay so. */
    public void set(Tx tx, OrganizationId organization, JobLimits limits) {
        tx.update(
                "insert into job_slots (organization, open_jobs, active_jobs, plan, max_open, max_running)"
                        + " values (?, 0, 0, ?, ?, ?) on conflict (organization) do update set plan = excluded.plan,"
                        + " max_open = excluded.max_open, max_running = excluded.max_running",
                organization,
                limits.plan(),
                limits.open(),
                limits.running());
    }

    /**
     * Sets how many open jobs one key may have.
     *
     * @param open how many it has at this moment
     */
    public void setKey(Tx tx, KeyId key, long open, long most) {
        keys.set(tx, key, open, most);
    }

    /** What a caller is told when there is no slot left. */
    public Problem refusal(Tx tx, OrganizationId organization, KeyId key, Taken full) {
        boolean ofKey = full == Taken.KEY_FULL;
        long limit =
                ofKey ? keys.most(tx, key).orElse(0L) : limits(tx, organization).open();
        return new Problem(
                ProblemCode.CONCURRENCY_REACHED,
                (ofKey ? "The key has " : "The organization has ") + limit
                        + " jobs queued or running, which is all it may have; wait for one to end, or cancel one.",
                List.of(),
                Map.of("limit", limit),
                COME_BACK);
    }

    private static Optional<Counts> counts(Tx tx, String sql, Object... args) {
        return tx.one(
                sql,
                row -> new Counts(row.number("open_jobs"), row.number("active_jobs"), row.number("limited_key") > 0),
                args);
    }
}
