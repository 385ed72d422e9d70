package dev.millrace.provider.sandbox;

import java.time.Duration;

/** How the sandbox lets time pass while it pretends to work; tests give one that does not wait. */
@FunctionalInterface
public interface Pause {
    /** Returns after about this long. */
    void of(Duration duration) throws InterruptedException;
}
