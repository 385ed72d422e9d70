package dev.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

/** How long runs took, by classes that are an eighth of a doubling wide. Old runs fade: counts are halved when many. */
final class Lengths {
    /** Classes up to 2³¹ milliseconds, which is 24 days. */
    static final int CLASSES = 32 * 8;

    private static final int FINE_BITS = 3;
    private static final int MANY = 2_000;

    private final long[] runs = new long[CLASSES];
    private long total;

    static int classOf(Duration length) {
        long millis = Math.clamp(length.toMillis(), 1L << FINE_BITS, (1L << 31) - 1);
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis);
        int fine = (int) (millis >> (power - FINE_BITS)) & ((1 << FINE_BITS) - 1);
        return (power << FINE_BITS) + fine;
    }

    /** The longest run of a class. */
    static Duration upTo(int length) {
        int power = length >> FINE_BITS;
        long fine = length & ((1 << FINE_BITS) - 1);
        return Duration.ofMillis(((1 << FINE_BITS) + fine + 1) << Math.max(0, power - FINE_BITS));
    }

    synchronized void add(int length, long count) {
        runs[length] += count;
        total += count;
        if (total > MANY) {
            total = 0;
            for (int i = 0; i < CLASSES; i++) {
                runs[i] /= 2;
                total += runs[i];
            }
        }
    }

    /** The length that so many in a hundred runs did not exceed; empty when there was none. */
    synchronized Optional<Duration> percentile(int percent) {
        if (total == 0) {
            return Optional.empty();
        }
        long rank = Math.max(1, (total * percent + 99) / 100);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += runs[i];
            if (seen >= rank) {
                return Optional.of(upTo(i));
            }
        }
        return Optional.of(upTo(CLASSES - 1));
    }
}
