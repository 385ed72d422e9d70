package dev.millrace.webhooks;

import dev.millrace.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the delivery of one event has come.
 *
 * @param lastOutcome the last attempt's status or kind of failure; null before the first
 * @param nextAttemptAt null once it has ended
 */
public record DeliveryState(
        String event,
        OrganizationId organization,
        Progress progress,
        int attempts,
        @Nullable String lastOutcome,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt) {
    /** Where in its life a delivery is. */
    public enum Progress {
        /** An attempt is to come, or runs. */
        PENDING,
        /** The receiver has taken it. */
        DELIVERED,
        /** It was given up. */
        FAILED
    }
}
