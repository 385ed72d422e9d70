package dev.millrace.limits;

import java.time.Duration;

/**
 * Where somebody stands with what may be used in a minute, in the terms of the RateLimit header fields (IETF draft
 * httpapi-ratelimit-headers).
 *
 * @param quota how many requests, or tokens, a window has
 * @param window how long a window is
 * @param remaining how many may be used at once, now
 * @param full how long until the whole quota is there again; for a request that was refused, until it is let in
 */
public record RateState(long quota, Duration window, long remaining, Duration full) {
    static RateState of(Buckets.Level level) {
        long used = level.quota() - level.remaining();
        Duration full = Duration.ofNanos((long) ((double) used / level.quota() * Meter.WINDOW.toNanos()));
        return new RateState(level.quota(), Meter.WINDOW, Math.max(0, level.remaining()), full);
    }

    /** The item of the {@code RateLimit} header, of the policy of that name. */
    public String rateLimit(String policy) {
        return "\"" + policy + "\";r=" + remaining + ";t="
                + WholeSeconds.up(full).toSeconds();
    }

    /** The item of the {@code RateLimit-Policy} header, of the policy of that name. */
    public String rateLimitPolicy(String policy) {
        return "\"" + policy + "\";q=" + quota + ";w=" + window.toSeconds();
    }
}
