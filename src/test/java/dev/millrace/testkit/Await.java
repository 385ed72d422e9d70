package dev.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a condition holds, and fails by name when it does not come true in time. */
public final class Await {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);
    private static final long FIRST_LOOK_NANOS = 200_000;
    private static final long LATER_LOOK_NANOS = 10_000_000;

    private Await() {}

    /** Waits for at most 15 seconds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG_ENOUGH, condition);
    }

    public static void until(String what, Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        long look = FIRST_LOOK_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + most.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(look);
            look = Math.min(look * 2, LATER_LOOK_NANOS);
        }
    }
}
