package dev.millrace.access;

import java.util.Locale;

/** Whether a key works, and if not, why. */
public enum KeyState {
    ACTIVE,
    /** Put to rest by its organization, which can take it up again. */
    RESTING,
    /** Suspended itself, or with its member or its organization. */
    SUSPENDED,
    EXPIRED,
    /** For good. */
    REVOKED;

    /** The name on the wire and on the command line. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
