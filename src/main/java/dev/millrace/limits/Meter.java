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
    private final Line line = new Line();

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

    /**
     * Takes it where it is there and nobody needs it who was told to come back; who is one of them takes what was kept for him.
     *
     * @return what is left, or less than 0 when it was not taken
     */
    synchronized long take(long tokens, long now) {
        if (line.kept(now) > 0 && !spare(tokens, now) && !line.comesBack(now, tokens)) {
            return -1;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(tokens);
        return probe.isConsumed() ? probe.getRemainingTokens() : -1;
    }

    private boolean spare(long tokens, long now) {
        return nanosToWait(tokens) == 0 && line.leaves(now, tokens, this::nanosToWait);
    }

    /** How long whoever wants so many has to wait behind all who were told before: a window at most, or until it is there. */
    synchronized long nanosToWait(long tokens, long now) {
        return spare(tokens, now)
                ? 0
                : Math.max(nanosToWait(tokens), Math.min(nanosToWait(line.kept(now) + tokens), WINDOW.toNanos()));
    }

    /** Whether so much can be kept for one more. */
    synchronized boolean hasPlace(long tokens, long now) {
        return !line.full() && line.kept(now) + tokens <= quota;
    }

    /** Keeps so much for somebody who was told to come back at that moment. */
    synchronized void expect(long moment, long tokens) {
        line.expect(moment, tokens);
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
    private long nanosToWait(long tokens) {
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
