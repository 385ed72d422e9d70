package dev.millrace.usage;

import dev.millrace.id.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage rows are meant.
 *
 * @param from from this moment on
 * @param until before this moment
 * @param model of this model alone; null for all
 * @param key of this key alone; null for all
 */
public record UsageFilter(
        Instant from,
        Instant until,
        @Nullable String model,
        @Nullable KeyId key) {
    /** Every row. */
    public static final UsageFilter ALL =
            new UsageFilter(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"), null, null);
}
