package dev.millrace.limits;

import java.time.Instant;

/** The time that a cap counts at once: from a moment on, and before another. */
record CapWindow(Instant startsAt, Instant endsAt) {
    CapWindow {
        if (!startsAt.isBefore(endsAt)) {
            throw new IllegalArgumentException("a window ends after it starts");
        }
    }

    /** The part of it that is not before the one moment, nor from the other on. */
    CapWindow within(Instant earliest, Instant latest) {
        return new CapWindow(
                startsAt.isBefore(earliest) ? earliest : startsAt, endsAt.isAfter(latest) ? latest : endsAt);
    }
}
