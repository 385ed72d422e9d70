package dev.millrace.limits;

import java.time.Duration;

/**
 * Where a key stands with its requests per minute, in the terms of the RateLimit header fields (IETF draft
 * httpapi-ratelimit-headers).
 *
 * @param quota how many requests a window has
 * @param window how long a window is
 * @param remaining how many requests may be made at once, now
 * @param full how long until the whole quota is there again; for a request that was refused, until it is let in
 */
public record RateState(long quota, Duration window, long remaining, Duration full) {
    /** The value of the {@code RateLimit} header. */
    public String rateLimit() {
        return "\"requests\";r=" + remaining + ";t=" + WholeSeconds.up(full).toSeconds();
    }

    /** The value of the {@code RateLimit-Policy} header. */
    public String rateLimitPolicy() {
        return "\"requests\";q=" + quota + ";w=" + window.toSeconds();
    }
}
