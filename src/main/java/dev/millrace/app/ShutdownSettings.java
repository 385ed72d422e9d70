package dev.millrace.app;

import java.time.Duration;

/**
 * Settings of the end, section {@code shutdown}.
 *
 * @param drain how long running requests, and then running work, get to finish before they are cut
 */
public record ShutdownSettings(Duration drain) {
    public static final ShutdownSettings DEFAULTS = new ShutdownSettings(Duration.ofSeconds(20));
}
