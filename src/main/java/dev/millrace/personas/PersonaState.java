package dev.millrace.personas;

import java.util.Locale;

/** How far a persona is; the last two are for good. */
public enum PersonaState {
    LEARNING,
    READY,
    FAILED;

    static PersonaState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
