package dev.millrace.provider;

import java.nio.file.Path;

/**
 * One file that a request hands in: an image, a video or a sound, fetched, looked at, and lying on this machine while its job
 * runs. The parameters still hold where it came from.
 *
 * @param role what it is for, as {@code image}, {@code end_image}, {@code mask}, {@code reference_images}, {@code video} or
 *     {@code audio}
 * @param field the parameter that named it, as {@code input_images.0}
 * @param path where its bytes are; to be read only
 * @param contentType what the bytes are, by looking at them
 * @param bytes its length
 * @param width in pixels; 0 when it has none or none is known
 * @param height in pixels; 0 when it has none or none is known
 * @param durationMs how long it plays; 0 when it does not, or it is not known
 */
public record MediaInput(
        String role, String field, Path path, String contentType, long bytes, int width, int height, long durationMs) {}
