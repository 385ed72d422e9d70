package dev.millrace.jobs;

import java.time.Duration;

/**
 * How upstreams' callbacks are taken.
 *
 * @param pollEvery how often an upstream that calls back is asked about a job all the same
 * @param grace how long a job waits for a callback when a crash or a broken connection left it open whether its upstream took it
 * @param maxBytes the largest callback that is read
 */
public record CallbackSettings(Duration pollEvery, Duration grace, int maxBytes) {
    public static final CallbackSettings DEFAULTS =
            new CallbackSettings(Duration.ofSeconds(15), Duration.ofMinutes(2), 1024 * 1024);
}
