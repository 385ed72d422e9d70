package dev.millrace.api.millrace.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.privacy.Departure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was erased, or is being.
 *
 * @param subject {@code person:…} or {@code organization:…}
 * @param status {@code running} or {@code done}
 * @param counts how many rows of each table were deleted or emptied
 */
public record ErasureBody(
        String object,
        String subject,
        String status,
        String reason,
        String asked_by,
        String asked_at,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String done_at,
        Map<String, Long> counts) {
    /** The receipt as it goes over the wire. */
    public static ErasureBody of(Departure departure) {
        return new ErasureBody(
                "erasure",
                departure.subject().text(),
                departure.done() ? "done" : "running",
                departure.reason(),
                departure.askedBy(),
                departure.askedAt().toString(),
                departure.doneAt() == null ? null : departure.doneAt().toString(),
                departure.counts());
    }
}
