package dev.millrace.db;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time at rest: microseconds since the epoch, rounded down; what is too far away for that is as far as can be said. */
final class Micros {
    private static final int PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private Micros() {}

    static long of(Instant instant) {
        if (instant.getEpochSecond() > Long.MAX_VALUE / PER_SECOND - 1) {
            return Long.MAX_VALUE;
        }
        if (instant.getEpochSecond() < Long.MIN_VALUE / PER_SECOND + 1) {
            return Long.MIN_VALUE;
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        long nanos = Math.floorMod(micros, (long) PER_SECOND) * NANOS_PER_MICRO;
        return Instant.ofEpochSecond(Math.floorDiv(micros, (long) PER_SECOND), nanos);
    }
}
