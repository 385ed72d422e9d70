package dev.millrace.limits;

import dev.millrace.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of this installation.
 *
 * @param requestsPerMinute how many requests one key may make in a minute, over all nodes, unless its plan says another number
 * @param liveRequests how many live requests one key may have running at once, on this node
 * @param openJobs how many jobs of one organization may be queued or running, over all nodes, unless its plan says another number
 * @param runningJobs how many jobs of one organization may run at once, over all nodes, unless its plan says another number; more wait
 * @param redisUrl a Redis or Valkey that counts requests, tokens and live requests for all nodes, redis://[user:password@]host:port[/database]
 *     or rediss:// for TLS; not set has each node count its part
 * @param redisTimeout how long a request waits for one answer of it; then it counts as down
 * @param whenDown what happens while it does not answer: local has each node count its part, refuse answers 503
 */
public record LimitSettings(
        int requestsPerMinute,
        int liveRequests,
        int openJobs,
        int runningJobs,
        @Nullable Secret redisUrl,
        Duration redisTimeout,
        WhenDown whenDown) {
    private static final Duration USUAL_TIMEOUT = Duration.ofMillis(50);
    private static final int PORT_MAX = 65_535;
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(2);

    public static final LimitSettings DEFAULTS =
            new LimitSettings(600, 64, 1000, 500, null, USUAL_TIMEOUT, WhenDown.LOCAL);

    public LimitSettings {
        requirePositive(requestsPerMinute, "requests_per_minute");
        requirePositive(liveRequests, "live_requests");
        requirePositive(openJobs, "open_jobs");
        requirePositive(runningJobs, "running_jobs");
        if (redisUrl != null && !isRedis(redisUrl.reveal())) {
            throw new IllegalArgumentException(
                    "redis_url must be as redis://host:6379 or rediss://user:password@host:6380/0; write what is special in the"
                            + " password with percent signs, as %23 for #, and name the host without _");
        }
        if (redisTimeout.compareTo(Duration.ofMillis(1)) < 0 || redisTimeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "redis_timeout must be from 1ms to " + LONGEST_TIMEOUT.toSeconds() + "s");
        }
    }

    /** The same without a Redis. */
    public LimitSettings(int requestsPerMinute, int liveRequests, int openJobs, int runningJobs) {
        this(requestsPerMinute, liveRequests, openJobs, runningJobs, null, USUAL_TIMEOUT, WhenDown.LOCAL);
    }

    /** The same with as many running as open. */
    public LimitSettings(int requestsPerMinute, int liveRequests, int openJobs) {
        this(requestsPerMinute, liveRequests, openJobs, openJobs);
    }

    /** Never says what is wrong with it in the words of a parser, which would show the password. */
    private static boolean isRedis(String url) {
        try {
            URI uri = new URI(url);
            return url.matches("rediss?://[^\\s/]+(/[0-9]{1,3})?/?")
                    && uri.getHost() != null
                    && uri.getPort() <= PORT_MAX
                    && uri.getPort() != 0
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
