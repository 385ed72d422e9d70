package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.limits.Buckets.Level;
import java.util.function.LongSupplier;

/**
 * The latest moment at which somebody who was refused was told to come back, by bucket. Each one is told a later moment than the one
 * before, so that all who obey are let in.
 */
final class Promises {
    private static final int NAMES_MAX = 100_000;

    private final LongSupplier nanoTime;
    private final Cache<String, Long> until;

    Promises(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = Caffeine.newBuilder()
                .maximumSize(NAMES_MAX)
                .expireAfterWrite(Meter.WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** How many nanoseconds one waits who wants so much of a bucket: never less than until it is there, else a minute at most. */
    long promise(String name, Level level, long tokens) {
        long now = nanoTime.getAsLong();
        long window = Meter.WINDOW.toNanos();
        long each = Math.max(1, (long) ((double) window / level.share() * Math.min(tokens, level.quota())));
        long moment = until.asMap().compute(name, (same, known) -> {
            long behind = known == null ? 0 : Math.min(known - now + each, window);
            return now + Math.max(level.nanosToWait(), behind);
        });
        return moment - now;
    }
}
