package dev.millrace.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much of a multipart body is taken.
 *
 * @param parts the most parts
 * @param partBytes the most bytes of one file
 * @param fieldBytes the most bytes of one part without a file name: those are kept in memory
 * @param totalBytes the most bytes of the whole body, boundaries and heads included
 * @param headBytes the most bytes of the head of one part
 * @param folder where files lie until the request is answered; null for the system's temporary folder
 */
public record MultipartLimits(
        int parts,
        long partBytes,
        int fieldBytes,
        long totalBytes,
        int headBytes,
        @Nullable Path folder) {
    public static final MultipartLimits DEFAULTS =
            new MultipartLimits(64, 50L * 1024 * 1024, 1024 * 1024, 100L * 1024 * 1024, 8 * 1024, null);

    /** The same limits with other sizes, in bytes. */
    public MultipartLimits withBytes(long onePart, long total) {
        return new MultipartLimits(parts, onePart, fieldBytes, total, headBytes, folder);
    }

    /** The same limits with another number of parts. */
    public MultipartLimits withParts(int most) {
        return new MultipartLimits(most, partBytes, fieldBytes, totalBytes, headBytes, folder);
    }

    /** The same limits with another folder. */
    public MultipartLimits in(Path other) {
        return new MultipartLimits(parts, partBytes, fieldBytes, totalBytes, headBytes, other);
    }
}
