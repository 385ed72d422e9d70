package dev.millrace.audit.holds;

import java.time.Duration;
import java.util.function.Function;

/**
 * How long holds may be open.
 *
 * @param grace beyond what the request itself may take; also how old a hold is before it is looked at
 * @param queue how long a job may wait before it runs
 * @param model how long one request of a model may take; the longest there is, where the model is not offered any more
 */
public record HoldTimes(Duration grace, Duration queue, Function<String, Duration> model) {
    /** What a job may take beyond its queue and its model: its end has to be written. */
    static final Duration JOB_GRACE = Duration.ofSeconds(60);
}
