package dev.millrace.audit.runs;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a run of the audit looks at. */
public enum Scope {
    /** What is newer than what was verified before, and what is small. */
    NEW,
    /** Everything that ever was. */
    FULL;

    /** The name in the database and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of this wire name. */
    public static Optional<Scope> parse(String wire) {
        return Arrays.stream(values())
                .filter(scope -> scope.wire().equals(wire))
                .findFirst();
    }

    Duration every(AuditSettings settings) {
        return switch (this) {
            case NEW -> settings.every();
            case FULL -> settings.fullEvery();
        };
    }
}
