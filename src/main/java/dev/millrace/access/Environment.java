package dev.millrace.access;

import java.util.Locale;

/** What a key may move: real upstreams and real money, or the sandbox and test money alone. */
public enum Environment {
    LIVE,
    TEST;

    /** The name in the database, on the wire and on the command line. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
