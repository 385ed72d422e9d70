package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.meter.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open (waiting or running) jobs of each organization in the database, in the transaction that accepts or ends
 * a job: no crash and no second node can make the count wrong. Of the open ones as many are active as may run; the others wait.
 *
 * <p>The organization's row is locked by each change until its commit. So narrower rules (of a model, a kind, a key) are held against a
 * count of the rows of the jobs themselves, which nobody else changes meanwhile.
 */
public final class JobSlots {
    private static final KeyId NO_KEY = new KeyId("000000000000");

    private final LimitSettings settings;
    private final @Nullable LimitBook book;

    /** With rules that are read anew each time. */
    public JobSlots(LimitSettings settings) {
        this(settings, null);
    }

    public JobSlots(LimitSettings settings, @Nullable LimitBook book) {
        this.settings = settings;
        this.book = book;
    }

    /** What a slot is wanted for. */
    public record Wish(OrganizationId organization, KeyId key, String model, Modality modality) {}

    /** What came of asking for a slot. */
    public sealed interface Taken {
        /** It may run. */
        record Active() implements Taken {}

        /** As many run as may: it waits until {@link #giveBack} makes room. */
        record Waiting() implements Taken {}

        /** There are as many as a limit lets. Whatever else the transaction did must be undone. */
        record Full(JobLimit limit) implements Taken {}
    }

    /** @param active how many of the open ones may run */
    private record Counts(long open, long active) {
        long waiting() {
            return open - active;
        }
    }

    /**
     * Takes a slot for one more open job.
     *
     * @param jobs counts the open jobs, without this one
     */
    public Taken take(Tx tx, Wish wish, JobCounts jobs) {
        LimitBook.Both rules = rules(tx, wish.organization(), wish.key());
        List<JobLimit> narrow = JobLimit.narrow(rules, wish);
        Optional<Counts> taken = increment(tx, wish.organization(), rules, narrow.isEmpty());
        if (taken.isEmpty()) {
            tx.won(
                    "insert into job_slots (organization, open_jobs, active_jobs) values (?, 0, 0)"
                            + " on conflict (organization) do nothing",
                    wish.organization());
            taken = increment(tx, wish.organization(), rules, narrow.isEmpty());
        }
        if (taken.isEmpty()) {
            return new Taken.Full(JobLimit.ofAll(Measure.OPEN, open(rules)));
        }
        Counts now = taken.get();
        return narrow.isEmpty() && now.waiting() == 0
                ? new Taken.Active()
                : decided(tx, wish, rules, narrow, now, jobs);
    }

    /** Where others wait already, or a narrower rule may say that this one does. */
    private Taken decided(Tx tx, Wish wish, LimitBook.Both rules, List<JobLimit> narrow, Counts now, JobCounts jobs) {
        List<JobCount> counts = narrow.isEmpty() ? List.of() : jobs.of(tx, wish.organization());
        Optional<JobLimit> full = reached(narrow, Measure.OPEN, counts);
        if (full.isEmpty()) {
            // Those that wait are held up by rules of their own, which are no reason for this one to wait.
            if (now.active() < running(rules)
                    && reached(narrow, Measure.RUNNING, counts).isEmpty()) {
                activated(tx, wish.organization(), 1);
                return new Taken.Active();
            }
            full = reached(narrow, Measure.QUEUED, counts).or(() -> queueFull(rules, now));
        }
        return full.<Taken>map(Taken.Full::new).orElseGet(Taken.Waiting::new);
    }

    private static Optional<JobLimit> reached(List<JobLimit> narrow, Measure measure, List<JobCount> counts) {
        return narrow.stream()
                .filter(limit -> limit.rule().measure() == measure)
                .filter(limit -> limit.count(counts) >= limit.most())
                .findFirst();
    }

    /** @param now with the one that would wait */
    private static Optional<JobLimit> queueFull(LimitBook.Both rules, Counts now) {
        Long most = rules.organization().all(Measure.QUEUED);
        return most == null || now.waiting() <= most
                ? Optional.empty()
                : Optional.of(JobLimit.ofAll(Measure.QUEUED, most));
    }

    /** @param active whether it is made active where nobody waits and there is room */
    private Optional<Counts> increment(Tx tx, OrganizationId organization, LimitBook.Both rules, boolean active) {
        return counts(
                tx,
                "update job_slots set open_jobs = open_jobs + 1, active_jobs = active_jobs"
                        + " + case when open_jobs = active_jobs and active_jobs < ? then 1 else 0 end"
                        + " where organization = ? and open_jobs < ? returning open_jobs, active_jobs",
                active ? running(rules) : 0,
                organization,
                open(rules));
    }

    /**
     * Gives a slot back, once for each that was taken.
     *
     * @param waited whether its job was waiting still
     * @return how many waiting jobs may run now by the limit of all; they are to be let go as far as they {@link #fit}, and {@link
     *     #activated} to be told
     */
    public long giveBack(Tx tx, OrganizationId organization, boolean waited) {
        return counts(
                        tx,
                        "update job_slots set open_jobs = open_jobs - 1, active_jobs = active_jobs - ?"
                                + " where organization = ? and open_jobs > 0 returning open_jobs, active_jobs",
                        waited ? 0 : 1,
                        organization)
                .map(now -> room(tx, organization, now))
                .orElse(0L);
    }

    /** How many waiting jobs of the organization may run by the limit of all; nobody changes it before the commit. */
    public long room(Tx tx, OrganizationId organization) {
        return counts(
                        tx,
                        "update job_slots set open_jobs = open_jobs where organization = ? returning open_jobs, active_jobs",
                        organization)
                .map(now -> room(tx, organization, now))
                .orElse(0L);
    }

    private long room(Tx tx, OrganizationId organization, Counts now) {
        return now.waiting() == 0
                ? 0
                : Math.clamp(running(rules(tx, organization, NO_KEY)) - now.active(), 0, now.waiting());
    }

    /** Says which of an organization's waiting jobs may run, one after the other. */
    public Fit fit(Tx tx, OrganizationId organization, JobCounts jobs) {
        return new Fit(tx, organization, jobs);
    }

    /** Holds waiting jobs against the rules that are narrower than that of all. */
    public final class Fit {
        private final Tx tx;
        private final OrganizationId organization;
        private final JobCounts jobs;
        private @Nullable List<JobCount> counts;

        private Fit(Tx tx, OrganizationId organization, JobCounts jobs) {
            this.tx = tx;
            this.organization = organization;
            this.jobs = jobs;
        }

        /** Whether it may run; if so it counts as running from then on. */
        public boolean takes(KeyId key, String model, Modality modality) {
            Wish wish = new Wish(organization, key, model, modality);
            List<JobLimit> narrow = JobLimit.narrow(rules(tx, organization, key), wish).stream()
                    .filter(limit -> limit.rule().measure() == Measure.RUNNING)
                    .toList();
            if (narrow.isEmpty() && counts == null) {
                return true;
            }
            List<JobCount> now = counts == null ? new ArrayList<>(jobs.of(tx, organization)) : counts;
            counts = now;
            boolean fits = reached(narrow, Measure.RUNNING, now).isEmpty();
            if (fits) {
                now.add(new JobCount(key, model, modality, false, 1));
            }
            return fits;
        }
    }

    /** Notes that so many jobs no longer wait. */
    public void activated(Tx tx, OrganizationId organization, long jobs) {
        tx.update("update job_slots set active_jobs = active_jobs + ? where organization = ?", jobs, organization);
    }

    /** Some organizations that have jobs waiting. */
    public List<OrganizationId> waiting(Tx tx, int max) {
        return tx.list(
                "select organization from job_slots where open_jobs > active_jobs limit ?",
                row -> new OrganizationId(row.uuid("organization")),
                max);
    }

    /** How many jobs of the organization are waiting or running. */
    public long open(Tx tx, OrganizationId organization) {
        return tx.count("select coalesce(sum(open_jobs), 0) from job_slots where organization = ?", organization);
    }

    /** What the organization may have; the installation's limits unless others were set. */
    public JobLimits limits(Tx tx, OrganizationId organization) {
        LimitBook.Both rules = rules(tx, organization, NO_KEY);
        return new JobLimits(rules.plan(), open(rules), running(rules));
    }

    /** Sets what the organization may have. Jobs that are open already stay so. */
    public void set(Tx tx, OrganizationId organization, JobLimits limits) {
        put(tx, organization, new PlanChoice(limits.plan(), limits.open(), limits.running()));
    }

    /** Puts the organization on a plan. Jobs that are open already stay so. */
    public void put(Tx tx, OrganizationId organization, PlanChoice choice) {
        tx.update(
                "insert into job_slots (organization, open_jobs, active_jobs, plan, max_open, max_running)"
                        + " values (?, 0, 0, ?, ?, ?) on conflict (organization) do update set plan = excluded.plan,"
                        + " max_open = excluded.max_open, max_running = excluded.max_running",
                organization,
                choice.plan(),
                choice.open(),
                choice.running());
        if (book != null) {
            book.changed(tx);
        }
    }

    private long open(LimitBook.Both rules) {
        Long said = rules.organization().all(Measure.OPEN);
        return said == null ? settings.openJobs() : said;
    }

    private long running(LimitBook.Both rules) {
        Long said = rules.organization().all(Measure.RUNNING);
        return said == null ? settings.runningJobs() : said;
    }

    private LimitBook.Both rules(Tx tx, OrganizationId organization, KeyId key) {
        return book == null ? RuleStore.both(tx, organization, key) : book.of(tx, organization, key);
    }

    private static Optional<Counts> counts(Tx tx, String sql, Object... args) {
        return tx.one(sql, row -> new Counts(row.number("open_jobs"), row.number("active_jobs")), args);
    }
}
