package dev.millrace.access;

import java.time.Duration;

/**
 * Settings of authentication, section {@code access}.
 *
 * @param cacheFor how long a node may go on trusting what it read about a key: what a revocation on another node takes
 *     at most to be felt
 * @param cacheSize how many keys, known and unknown, are remembered at most
 */
public record AccessSettings(Duration cacheFor, int cacheSize) {
    public static final AccessSettings DEFAULTS = new AccessSettings(Duration.ofSeconds(1), 20_000);

    public AccessSettings {
        if (cacheFor.isNegative() || cacheFor.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("cache_for must be from 0s to 1m, or a revoked key works too long");
        }
        if (cacheSize < 1) {
            throw new IllegalArgumentException("cache_size must be at least 1");
        }
    }
}
