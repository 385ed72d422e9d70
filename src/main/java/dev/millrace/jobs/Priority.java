package dev.millrace.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which of an organization's own waiting jobs start first; others' jobs are neither before nor behind them for it. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** The request header that asks for one in every dialect: {@code high}, {@code normal} or {@code low}. */
    public static final String HEADER = "X-Priority";

    /** The name on the wire, as {@code high}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Priority> parse(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }

    /** What due work orders by: less is sooner. */
    int order() {
        return ordinal() - NORMAL.ordinal();
    }

    static Priority ofOrder(long order) {
        return values()[Math.toIntExact(order) + NORMAL.ordinal()];
    }
}
