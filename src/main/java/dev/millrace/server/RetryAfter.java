package dev.millrace.server;

import java.time.Duration;

/** The text of a {@code Retry-After} header. */
final class RetryAfter {
    private RetryAfter() {}

    /** Whole seconds, rounded up, so that a client that obeys does not come too early. */
    static String seconds(Duration wait) {
        long seconds = wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0);
        return Long.toString(Math.max(0, seconds));
    }
}
