package dev.millrace.provider.sandbox;

import java.time.Duration;

/**
 * How long the sandbox pretends to work where a request does not say it.
 *
 * @param imageLatency from submitting an image job to its end
 * @param videoLatency from submitting a video job to its end
 * @param musicLatency from submitting a music job to its end
 * @param speechLatency from submitting a text to read, or a recording to write down, to its end
 * @param textLatency until the first piece of a language answer
 * @param textPace between two pieces of a language answer
 * @param studioThreads how many outputs are rendered at once; 0 takes half of the machine's cores, at least one
 */
public record SandboxSettings(
        Duration imageLatency,
        Duration videoLatency,
        Duration musicLatency,
        Duration speechLatency,
        Duration textLatency,
        Duration textPace,
        int studioThreads) {
    public static final SandboxSettings DEFAULTS = new SandboxSettings(
            Duration.ofMillis(800),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            Duration.ofMillis(80),
            Duration.ofMillis(8),
            0);

    /** No pretended work at all: for tests and load runs. */
    public static final SandboxSettings INSTANT = new SandboxSettings(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
}
