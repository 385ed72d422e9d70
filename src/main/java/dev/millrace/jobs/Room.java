package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.JobLimit;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.JobSlots.Taken;
import dev.millrace.limits.LimitRules.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Has jobs keep to the limits of their organization and their key: they run, wait, or are refused; and are let go in their order. */
final class Room {
    private static final int AT_ONCE = 100;
    private static final int PAGE = 64;
    private static final int LOOKED_AT = 1_000;
    private static final int ORGANIZATIONS = 1_000;

    private final JobParts parts;
    private final Pace pace;

    Room(JobParts parts, Pace pace) {
        this.parts = parts;
        this.pace = pace;
    }

    /**
     * Takes a slot for a job that is about to be written.
     *
     * @return whether it waits
     * @throws dev.millrace.problem.ProblemException {@code CONCURRENCY_REACHED}
     */
    boolean take(Tx tx, Job job) {
        JobSlots.Wish wish = new JobSlots.Wish(job.organization(), job.key(), job.model(), job.modality());
        return switch (parts.slots().take(tx, wish, JobReadStore::counts)) {
            case Taken.Active() -> false;
            case Taken.Waiting() -> true;
            case Taken.Full(JobLimit limit) ->
                throw limit.refusal(nextEnd(tx, job, limit).orElse(null)).toException();
        };
    }

    /** Gives the slot of an ended job back, and lets others of the organization that waited for it go. */
    void giveBack(Tx tx, Job job, boolean waited) {
        let(tx, job.organization(), parts.slots().giveBack(tx, job.organization(), waited));
    }

    /** Lets go what waits although there is room for it, as after a limit was raised. */
    void sweep() {
        for (OrganizationId organization :
                parts.database().read(tx -> parts.slots().waiting(tx, ORGANIZATIONS))) {
            parts.database()
                    .writer()
                    .<Integer>write(
                            organization.text(),
                            tx -> let(tx, organization, parts.slots().room(tx, organization)));
        }
    }

    private int let(Tx tx, OrganizationId organization, long room) {
        long most = Math.min(room, AT_ONCE);
        if (most == 0) {
            return 0;
        }
        JobSlots.Fit fit = parts.slots().fit(tx, organization, JobReadStore::counts);
        int gone = 0;
        int seen = 0;
        List<ParkedJob> page = JobReadStore.parked(tx, organization, Long.MIN_VALUE, "", PAGE);
        while (!page.isEmpty() && gone < most && seen < LOOKED_AT) {
            for (ParkedJob job : page) {
                if (gone < most
                        && fit.takes(job.key(), job.model(), job.modality())
                        && parts.dueWork().unpark(tx, Jobs.KIND, organization.text(), job.id())) {
                    JobStore.active(tx, job.id());
                    gone++;
                }
            }
            seen += page.size();
            ParkedJob last = page.getLast();
            page = page.size() < PAGE
                    ? List.of()
                    : JobReadStore.parked(tx, organization, last.priority(), last.id(), PAGE);
        }
        if (gone > 0) {
            parts.slots().activated(tx, organization, gone);
        }
        return gone;
    }

    /** How long until the next job should end whose place this one could take, as was learnt from real runs. */
    private Optional<Duration> nextEnd(Tx tx, Job job, JobLimit limit) {
        Instant now = parts.now();
        List<ActiveJob> active = JobReadStore.active(tx, job.organization(), LOOKED_AT);
        List<ActiveJob> concerned = active.stream()
                .filter(one -> limit.concerns(one.key(), one.model(), one.modality()))
                .toList();
        // A queue gets shorter as well when something else ends that its jobs wait for.
        boolean any = concerned.isEmpty() && limit.rule().measure() == Measure.QUEUED;
        return (any ? active : concerned)
                .stream().flatMap(one -> left(one, now).stream()).min(Comparator.naturalOrder());
    }

    private Optional<Duration> left(ActiveJob job, Instant now) {
        Instant started = job.startedAt();
        return started == null ? pace.typical(job.model()) : pace.left(job.model(), Duration.between(started, now));
    }
}
