package dev.millrace.usage;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what usage is summed up. */
public enum UsageGroup {
    DAY("day", "day"),
    HOUR("hour", "hour"),
    MODEL("model", "model"),
    KEY("key", "key_id"),
    MEMBER("member", "member"),
    PROVIDER("provider", "provider");

    private final String wire;
    private final String column;

    UsageGroup(String wire, String column) {
        this.wire = wire;
        this.column = column;
    }

    String column() {
        return column;
    }

    /** Whether the sums are told in the order of time, and not the dearest first. */
    boolean ofTime() {
        return this == DAY || this == HOUR;
    }

    /** The group that the wire name states, as {@code key}. */
    public static Optional<UsageGroup> parse(String wire) {
        return Arrays.stream(values()).filter(group -> group.wire.equals(wire)).findFirst();
    }

    /** The wire names, for who asks for another. */
    public static String names() {
        return Arrays.stream(values()).map(group -> group.wire).collect(Collectors.joining(", "));
    }
}
