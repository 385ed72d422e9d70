package dev.millrace.wallet;

import java.util.Locale;

/** Where a hold stands: open, and then exactly one of the two ends. */
public enum HoldState {
    OPEN,
    SETTLED,
    RELEASED;

    static HoldState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
