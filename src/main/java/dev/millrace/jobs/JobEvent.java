package dev.millrace.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a job stood when something about it had changed.
 *
 * @param queuePosition how many wait before it, counted up to 1,000; null once it has started
 * @param eta until it ends, learnt from earlier runs of the model; null when it has ended or nothing was learnt yet
 */
public record JobEvent(
        Job job, @Nullable Long queuePosition, @Nullable Duration eta) {}
