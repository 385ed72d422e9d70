package dev.millrace.limits;

/**
 * The limits of this installation.
 *
 * @param requestsPerMinute how many requests one key may make in a minute, over all nodes, unless its plan says another number
 * @param liveRequests how many live requests one key may have running at once, on this node
 * @param openJobs how many jobs of one organization may be queued or running, over all nodes, unless its plan says another number
 * @param runningJobs how many jobs of one organization may run at once, over all nodes, unless its plan says another number; more wait
 */
public record LimitSettings(int requestsPerMinute, int liveRequests, int openJobs, int runningJobs) {
    public static final LimitSettings DEFAULTS = new LimitSettings(600, 64, 1000, 500);

    public LimitSettings {
        requirePositive(requestsPerMinute, "requests_per_minute");
        requirePositive(liveRequests, "live_requests");
        requirePositive(openJobs, "open_jobs");
        requirePositive(runningJobs, "running_jobs");
    }

    /** The same with as many running as open. */
    public LimitSettings(int requestsPerMinute, int liveRequests, int openJobs) {
        this(requestsPerMinute, liveRequests, openJobs, openJobs);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
