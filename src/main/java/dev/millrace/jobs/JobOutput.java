package dev.millrace.jobs;

import dev.millrace.id.AssetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One output of a completed job.
 *
 * @param index counts the outputs from 0
 * @param fileName the last part of its link, as {@code 0.png}
 * @param contentType what the bytes are, by looking at them
 * @param sha256 lower-case hexadecimal
 * @param facts what else is known and may be shown: {@code width}, {@code height}, {@code duration_ms}, {@code title} …
 * @param erasedAt when it was erased on demand; null when it was not
 */
public record JobOutput(
        int index,
        AssetId asset,
        String fileName,
        String contentType,
        long bytes,
        String sha256,
        ObjectNode facts,
        @Nullable Instant erasedAt) {
    /** Whether this output was erased on demand; what {@link Job#gone} says of all of them holds beside it. */
    public boolean gone() {
        return erasedAt != null;
    }
}
