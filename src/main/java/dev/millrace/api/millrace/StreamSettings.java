package dev.millrace.api.millrace;

import java.time.Duration;

/**
 * How event streams about jobs are kept, section {@code streams}.
 *
 * @param heartbeat how long a stream is quiet before it gets a comment, which keeps proxies from closing it and tells whether its
 *     client is there still
 */
public record StreamSettings(Duration heartbeat) {
    public static final StreamSettings DEFAULTS = new StreamSettings(Duration.ofSeconds(15));

    public StreamSettings {
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("heartbeat must be longer than nothing");
        }
    }
}
