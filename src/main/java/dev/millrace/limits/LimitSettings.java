package dev.millrace.limits;

/**
 * The limits of this installation.
 *
 * @param requestsPerMinute how many requests one key may make in a minute, on this node
 * @param liveRequests how many live requests one key may have running at once, on this node
 * @param openJobs how many jobs of one organization may be queued or running, over all nodes
 */
public record LimitSettings(int requestsPerMinute, int liveRequests, int openJobs) {
    public static final LimitSettings DEFAULTS = new LimitSettings(600, 64, 1000);

    public LimitSettings {
        requirePositive(requestsPerMinute, "requests_per_minute");
        requirePositive(liveRequests, "live_requests");
        requirePositive(openJobs, "open_jobs");
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
