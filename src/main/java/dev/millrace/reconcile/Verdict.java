package dev.millrace.reconcile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How what an upstream asks and what was reckoned here stand to each other. */
public enum Verdict {
    /** They agree, within the tolerance; or no cost was told at the time, and the customer paid at least as much. */
    MATCHED,
    /** Both know it, at different amounts. */
    DIFFERING,
    /** Used here and not on the invoice. */
    OURS_ONLY,
    /** On the invoice and not used here. */
    THEIRS_ONLY;

    /** The name in the database and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict of this wire name. */
    public static Optional<Verdict> parse(String wire) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.wire().equals(wire))
                .findFirst();
    }
}
