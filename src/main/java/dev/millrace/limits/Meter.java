package dev.millrace.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One bucket that fills up in a minute, and the latest moment that somebody who was refused was told to come back at. */
final class Meter {
    static final Duration WINDOW = Duration.ofMinutes(1);

    final long quota;
    private final LongSupplier nanoTime;
    private final Bucket bucket;
    private long promisedUntil;

    Meter(long quota, LongSupplier nanoTime) {
        this.quota = quota;
        this.nanoTime = nanoTime;
        this.promisedUntil = nanoTime.getAsLong();
        this.bucket = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(quota)
                        .refillGreedy(quota, WINDOW)
                        .build())
                .withCustomTimePrecision(new Clock(nanoTime))
                .build();
    }

    ConsumptionProbe take(long tokens) {
        return bucket.tryConsumeAndReturnRemaining(tokens);
    }

    void giveBack(long tokens) {
        bucket.addTokens(tokens);
    }

    /** How long whoever wants so many has to wait, as things stand; zero when they are there. */
    long nanosToWait(long tokens) {
        return bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill();
    }

    long remaining() {
        return bucket.getAvailableTokens();
    }

    /** Tells one who was refused when to come back: each one later than the one before, so that all who obey are let in. */
    synchronized long promise(long nanosToNext, long tokens) {
        long now = nanoTime.getAsLong();
        long each = Math.max(1, (long) ((double) WINDOW.toNanos() / quota * tokens));
        long next = Math.max(nanosToNext, promisedUntil - now + each);
        long wait = Math.min(next, WINDOW.toNanos());
        promisedUntil = now + wait;
        return wait;
    }

    RateState state(long remaining) {
        long full = (long) ((double) (quota - remaining) / quota * WINDOW.toNanos());
        return new RateState(quota, WINDOW, remaining, Duration.ofNanos(full));
    }

    private record Clock(LongSupplier nanoTime) implements TimeMeter {
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
