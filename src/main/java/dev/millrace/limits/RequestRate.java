package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.id.KeyId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts the requests of each key against its requests per minute, in memory.
 *
 * <p>A refusal says when to come back, and each one says a later moment than the one before: of a hundred requests that are
 * refused at once and all obey, none is refused again.
 */
public final class RequestRate {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int KEYS_MAX = 100_000;

    private final int quota;
    private final LongSupplier nanoTime;
    private final Cache<KeyId, Meter> meters;

    /** @param nanoTime a clock that never goes back, as {@link System#nanoTime} */
    public RequestRate(LimitSettings settings, LongSupplier nanoTime) {
        this.quota = settings.requestsPerMinute();
        this.nanoTime = nanoTime;
        // A key that was silent for a window has its whole quota again, which is what a forgotten one gets.
        this.meters = Caffeine.newBuilder()
                .maximumSize(KEYS_MAX)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Counts one request of the key.
     *
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED} with the wait, in whole seconds
     */
    public RateState take(KeyId key) {
        Meter meter = meter(key);
        ConsumptionProbe probe = meter.bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            RateState state = state(probe.getRemainingTokens(), probe.getNanosToWaitForReset());
            RateHeaders.counted(state);
            return state;
        }
        Duration wait = WholeSeconds.up(Duration.ofNanos(meter.promise(probe.getNanosToWaitForRefill())));
        RateHeaders.counted(new RateState(quota, WINDOW, 0, wait));
        throw new Problem(
                        ProblemCode.RATE_LIMITED,
                        "This key may make " + quota + " requests a minute; try again in " + wait.toSeconds() + " s.",
                        List.of(),
                        Map.of("limit", quota, "window_seconds", WINDOW.toSeconds()),
                        wait)
                .toException();
    }

    /** Where the key stands; counts nothing. */
    public RateState state(KeyId key) {
        long remaining = meter(key).bucket.getAvailableTokens();
        return state(remaining, (quota - remaining) * WINDOW.toNanos() / quota);
    }

    private RateState state(long remaining, long nanosToFull) {
        return new RateState(quota, WINDOW, remaining, Duration.ofNanos(nanosToFull));
    }

    private Meter meter(KeyId key) {
        return meters.get(key, unseen -> new Meter());
    }

    /** The bucket of one key, and the latest moment that a refused request was told to come back at. */
    private final class Meter {
        private final Bucket bucket = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(quota)
                        .refillGreedy(quota, WINDOW)
                        .build())
                .withCustomTimePrecision(new Clock())
                .build();

        private long promisedUntil = nanoTime.getAsLong();

        synchronized long promise(long nanosToNext) {
            long now = nanoTime.getAsLong();
            long next = Math.max(nanosToNext, promisedUntil - now + WINDOW.toNanos() / quota);
            long wait = Math.min(next, WINDOW.toNanos());
            promisedUntil = now + wait;
            return wait;
        }
    }

    private final class Clock implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
