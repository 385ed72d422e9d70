package dev.millrace.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One bucket in memory that fills up in a minute; it may owe something. */
final class Meter {
    static final Duration WINDOW = Duration.ofMinutes(1);

    final long quota;
    private final Bucket bucket;

    Meter(long quota, LongSupplier nanoTime) {
        this.quota = quota;
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

    /** Takes what is wanted of what there is. */
    void takeWhatThereIs(long tokens) {
        bucket.tryConsumeAsMuchAsPossible(tokens);
    }

    /** Gives back what is more than nothing, and takes what is less, down to a whole quota below nothing. */
    void adjust(long tokens) {
        if (tokens > 0) {
            bucket.addTokens(tokens);
        } else if (tokens < 0) {
            long most = Math.min(-tokens, Math.max(0, remaining() + quota));
            if (most > 0) {
                bucket.consumeIgnoringRateLimits(most);
            }
        }
    }

    /** How long whoever wants so many has to wait, as things stand; zero when they are there. */
    long nanosToWait(long tokens) {
        return tokens <= 0 ? 0 : bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill();
    }

    long remaining() {
        return bucket.getAvailableTokens();
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
