package dev.millrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is set or moved by hand. */
public final class TestingClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** Stands at a round moment, the same in every test. */
    public TestingClock() {
        this(Instant.parse("2030-01-01T00:00:00Z"));
    }

    public TestingClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public void set(Instant moment) {
        now.set(moment);
    }

    public void advance(Duration by) {
        now.updateAndGet(moment -> moment.plus(by));
    }
}
