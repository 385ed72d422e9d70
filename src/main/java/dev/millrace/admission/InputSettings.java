package dev.millrace.admission;

import java.time.Duration;

/**
 * How large a file may be that a request hands in, and how long it may take to fetch.
 *
 * @param maxImageBytes of one image
 * @param maxVideoBytes of one video
 * @param maxAudioBytes of one sound
 * @param maxDataBytes of one file within a {@code data:} URL, decoded
 * @param maxPixels width times height of one image or video
 * @param maxDuration how long one video or sound may play
 * @param maxFiles how many files one request may hand in
 * @param timeout how long one file may take from the look-up of its host to its last byte
 */
public record InputSettings(
        long maxImageBytes,
        long maxVideoBytes,
        long maxAudioBytes,
        long maxDataBytes,
        long maxPixels,
        Duration maxDuration,
        int maxFiles,
        Duration timeout) {
    private static final long MEGABYTE = 1024 * 1024;

    public static final InputSettings DEFAULTS = new InputSettings(
            30 * MEGABYTE,
            500 * MEGABYTE,
            100 * MEGABYTE,
            10 * MEGABYTE,
            100_000_000,
            Duration.ofHours(1),
            32,
            Duration.ofSeconds(60));

    long maxBytes(InputKind kind) {
        return switch (kind) {
            case IMAGE -> maxImageBytes;
            case VIDEO -> maxVideoBytes;
            case AUDIO -> maxAudioBytes;
        };
    }
}
