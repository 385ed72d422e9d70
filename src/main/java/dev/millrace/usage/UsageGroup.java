package dev.millrace.usage;

import java.util.Optional;

/** By what usage is summed up. */
public enum UsageGroup {
    DAY("day"),
    MODEL("model"),
    KEY("key_id");

    private final String column;

    UsageGroup(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** The group that the wire name states: {@code day}, {@code model} or {@code key}. */
    public static Optional<UsageGroup> parse(String wire) {
        return switch (wire) {
            case "day" -> Optional.of(DAY);
            case "model" -> Optional.of(MODEL);
            case "key" -> Optional.of(KEY);
            case String other -> Optional.empty();
        };
    }
}
