package dev.millrace.assets;

import java.util.Locale;

/** Why a file is not there any more. */
public enum Erased {
    /** Its time was over. */
    RETENTION,
    /** Its owner asked for it. */
    REQUEST;

    /** The name that clients see. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
