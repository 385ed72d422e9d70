package dev.millrace.usage;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage rows are meant; null is all of a kind.
 *
 * @param from from this moment on
 * @param until before this moment
 * @param provider of this upstream alone
 */
public record UsageFilter(
        Instant from,
        Instant until,
        @Nullable String model,
        @Nullable KeyId key,
        @Nullable MemberId member,
        @Nullable String provider,
        @Nullable UsageStatus status) {
    /** Every row. */
    public static final UsageFilter ALL = between(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));

    /** Every row of a time. */
    public static UsageFilter between(Instant from, Instant until) {
        return new UsageFilter(from, until, null, null, null, null, null);
    }
}
