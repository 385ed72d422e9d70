package dev.millrace.jobs;

import java.time.Duration;

/**
 * How jobs are run.
 *
 * @param maxRunning how many run at once on this node
 * @param queueTimeout how long a job may wait before it fails for want of room
 * @param maxClaims how often a job may take its process or its worker down before it fails
 * @param maxSubmissions how often a job is handed to an upstream at most, over all routes
 * @param keepRows how long the rows of ended jobs are kept; their usage and transfers are kept for good
 * @param drain how long a clean shutdown waits for what can not be interrupted
 */
public record JobSettings(
        int maxRunning, Duration queueTimeout, int maxClaims, int maxSubmissions, Duration keepRows, Duration drain) {
    public static final JobSettings DEFAULTS =
            new JobSettings(1_000, Duration.ofHours(6), 8, 3, Duration.ofDays(180), Duration.ofSeconds(10));
}
