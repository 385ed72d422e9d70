package dev.millrace.usage;

import java.util.Locale;

/** Who counted the units of a usage row. */
public enum UnitsSource {
    /** The upstream reported them; a reported zero counts as zero. */
    UPSTREAM,
    /** The request stated them, and the outcome was complete. */
    PLANNED,
    /** Millrace counted what it saw pass, because the upstream never reported. */
    ESTIMATE;

    /** The code that is stored and shown. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UnitsSource of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
