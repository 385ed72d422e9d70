package dev.millrace.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a request that had a hold ended; only what completed, or was stopped after something was made, is charged. */
public enum UsageStatus {
    COMPLETED,
    FAILED,
    NSFW,
    CANCELED;

    /** The name in the database and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of this name on the wire. */
    public static Optional<UsageStatus> parse(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(wire))
                .findFirst();
    }
}
