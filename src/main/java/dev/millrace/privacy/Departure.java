package dev.millrace.privacy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was erased, or is being: the receipt.
 *
 * @param askedBy who asked, by kind and id
 * @param reason in words; it is kept, so it should name a ticket and nobody
 * @param counts how many rows of each table were deleted or emptied
 * @param doneAt when nothing was left to do; null while it goes on
 */
public record Departure(
        Subject subject,
        Instant askedAt,
        String askedBy,
        String reason,
        Map<String, Long> counts,
        @Nullable Instant doneAt) {
    public boolean done() {
        return doneAt != null;
    }
}
