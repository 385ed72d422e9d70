package dev.millrace.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a job stood when something about it had changed.
 *
 * @param id its place in the job's course, for {@code Last-Event-ID}; letters, digits and dots
 * @param kind what has changed
 * @param queuePosition how many wait before it, counted up to 1,000; null once it has started
 * @param eta until it ends, learnt from earlier runs of the model; null when it has ended or nothing was learnt yet
 */
public record JobEvent(
        String id,
        Kind kind,
        Job job,
        @Nullable Long queuePosition,
        @Nullable Duration eta) {
    /** What an event tells. */
    public enum Kind {
        /** It is in another state, or this is the first look. */
        STATE,
        /** It has come further. */
        PROGRESS,
        /** It has moved in the queue. */
        QUEUE
    }

    /** The job as it stands, where nobody waits for changes. */
    public static JobEvent of(Job job) {
        return new JobEvent(EventId.of(job, null).text(), Kind.STATE, job, null, null);
    }
}
