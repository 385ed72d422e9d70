package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Shows jobs as they stand, and waits for changes: at once for those of this node, every second for those of others. */
final class Watching {
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int POSITION_MAX = 1_000;

    private final JobParts parts;
    private final JobSignals listeners;
    private final Pace pace;
    /** The progress of what runs here, which is written only now and then. */
    private final Map<JobId, Integer> progress = new ConcurrentHashMap<>();

    Watching(JobParts parts, JobSignals listeners, Pace pace) {
        this.parts = parts;
        this.listeners = listeners;
        this.pace = pace;
    }

    /** A job that runs here got on. */
    void progressed(JobId job, int percent) {
        progress.put(job, percent);
        listeners.progressed(job);
    }

    /** A job no longer runs here. */
    void left(JobId job) {
        progress.remove(job);
    }

    Optional<Job> find(OrganizationId organization, JobId id) {
        return parts.database()
                .read(tx -> JobReadStore.find(tx, organization, id))
                .map(this::fresh);
    }

    /** The job with the progress that this node knows of. */
    Job fresh(Job job) {
        Integer here = job.state() == JobState.RUNNING ? progress.get(job.id()) : null;
        return here == null ? job : job.started(null, here);
    }

    Job await(OrganizationId organization, JobId id, Duration max) throws InterruptedException {
        long until = System.nanoTime() + max.toNanos();
        try (JobSignals.Listener listener = listeners.listen(id)) {
            while (true) {
                Job job = existing(organization, id);
                Duration left = Duration.ofNanos(until - System.nanoTime());
                if (job.state().terminal() || !left.isPositive()) {
                    return job;
                }
                listener.await(left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY);
            }
        }
    }

    JobWatch watch(OrganizationId organization, JobId id, @Nullable String lastEventId) {
        existing(organization, id);
        return new Watch(
                this, organization, id, listeners.listen(id), EventId.parse(lastEventId == null ? "" : lastEventId));
    }

    Job existing(OrganizationId organization, JobId id) {
        return find(organization, id).orElseThrow(Watching::absent);
    }

    static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such job.");
    }

    /** The job as it stands, with its place in the queue. */
    JobEvent event(Job job, JobEvent.Kind kind) {
        Long position = job.state() == JobState.QUEUED
                ? parts.database()
                        .<Long>read(tx ->
                                parts.dueWork().position(tx, Jobs.KIND, job.id().text(), POSITION_MAX))
                : null;
        Duration eta = eta(job, position == null ? 0 : position);
        return new JobEvent(EventId.of(job, position).text(), kind, job, position, eta);
    }

    /** What is ahead takes its time too: as many run at once as this node lets run. */
    private @Nullable Duration eta(Job job, long ahead) {
        if (job.state().terminal()) {
            return null;
        }
        Instant started = job.startedAt();
        Duration ran = started == null
                ? Duration.ZERO
                : Duration.between(started, parts.clock().instant());
        long rounds = ahead / parts.settings().maxRunning();
        Duration before = pace.typical(job.model()).orElse(Duration.ZERO).multipliedBy(rounds);
        return pace.left(job.model(), ran).map(before::plus).orElse(null);
    }
}
