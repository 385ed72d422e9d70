package dev.millrace.db;

import java.util.Locale;

/** What one attempt to carry out a batch came to. */
enum BatchOutcome {
    /** It is durable. */
    COMMITTED,
    /** Something expected did not come true, and all is undone: run it again without expecting. */
    MISJUDGED,
    /** A unit failed that could not be undone alone, and all is undone: run it again with savepoints. */
    NEIGHBOUR_FAILED,
    /** Another transaction stood in the way, and all is undone: run it again. */
    AGAIN,
    /** The connection broke before COMMIT was sent, so all is undone. */
    LOST,
    /** The database can not write, and all is undone. */
    STUCK,
    /** The connection broke after COMMIT was sent. */
    UNKNOWN;

    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BatchOutcome of(Trouble trouble) {
        return switch (trouble) {
            case LOST -> LOST;
            case AGAIN, SLOW -> AGAIN;
            case STUCK, REFUSED -> STUCK;
        };
    }
}
