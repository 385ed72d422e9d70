package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's view of one job: every state that it is in, in order, and of what lies between as much as there is to see. */
final class Watch implements JobWatch {
    private final Watching watching;
    private final OrganizationId organization;
    private final JobId id;
    private final JobSignals.Listener listener;
    private @Nullable EventId last;

    /** @param behind what was told before; empty to begin with how the job stands */
    Watch(
            Watching watching,
            OrganizationId organization,
            JobId id,
            JobSignals.Listener listener,
            Optional<EventId> behind) {
        this.watching = watching;
        this.organization = organization;
        this.id = id;
        this.listener = listener;
        this.last = behind.orElse(null);
    }

    @Override
    public Optional<JobEvent> next(Duration max) throws InterruptedException {
        long until = System.nanoTime() + max.toNanos();
        while (!ended()) {
            Optional<JobEvent> news = news(watching.existing(organization, id));
            if (news.isPresent()) {
                last = EventId.parse(news.get().id()).orElseThrow();
                return news;
            }
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (!left.isPositive()) {
                return Optional.empty();
            }
            listener.await(left.compareTo(Watching.LOOK_EVERY) < 0 ? left : Watching.LOOK_EVERY);
        }
        return Optional.empty();
    }

    private Optional<JobEvent> news(Job job) {
        EventId before = last;
        if (before == null) {
            return Optional.of(watching.event(job, JobEvent.Kind.STATE));
        }
        EventId now = EventId.of(job, null);
        Instant began = job.startedAt();
        if (before.step() < EventId.RUNNING && now.step() == EventId.ENDED && began != null) {
            // It ran, and nobody looked: the state is told all the same.
            return Optional.of(watching.event(job.running(began, 0), JobEvent.Kind.STATE));
        }
        if (now.step() > before.step()) {
            return Optional.of(watching.event(job, JobEvent.Kind.STATE));
        }
        return now.step() == EventId.RUNNING ? progress(before, job) : queue(before, job);
    }

    /** The time to the end is always another: it is told with what else changes. */
    private Optional<JobEvent> progress(EventId before, Job job) {
        return job.progress() > before.at()
                ? Optional.of(watching.event(job, JobEvent.Kind.PROGRESS))
                : Optional.empty();
    }

    private Optional<JobEvent> queue(EventId before, Job job) {
        if (job.state() != JobState.QUEUED) {
            return Optional.empty();
        }
        JobEvent event = watching.event(job, JobEvent.Kind.QUEUE);
        return event.id().equals(before.text()) ? Optional.empty() : Optional.of(event);
    }

    @Override
    public boolean ended() {
        return last != null && last.step() == EventId.ENDED;
    }

    @Override
    public void close() {
        listener.close();
    }
}
