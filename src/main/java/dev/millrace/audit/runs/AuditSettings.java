package dev.millrace.audit.runs;

import java.time.Duration;

/**
 * When the ledger checks itself.
 *
 * @param every how often what is new is checked; 0s never, and then no hold is ended by rule either
 * @param fullEvery how often every transfer that ever was is checked; 0s never by itself
 * @param grace how long a hold may be open before it is looked at, and how long beyond its request's time
 */
public record AuditSettings(Duration every, Duration fullEvery, Duration grace) {
    public static final AuditSettings DEFAULTS =
            new AuditSettings(Duration.ofHours(1), Duration.ofDays(1), Duration.ofMinutes(2));

    public AuditSettings {
        if (every.isNegative() || fullEvery.isNegative()) {
            throw new IllegalArgumentException("every and full_every must not be negative");
        }
        if (grace.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("grace must be at least 1s");
        }
    }
}
