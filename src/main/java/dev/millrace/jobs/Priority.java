package dev.millrace.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which of an organization's own waiting jobs start first; others' jobs are neither before nor behind them for it. */
public enum Priority {
    HIGH(-1),
    NORMAL(0),
    LOW(1);

    /** The request header that asks for one in every dialect: {@code high}, {@code normal} or {@code low}. */
    public static final String HEADER = "X-Priority";

    private final int order;

    Priority(int order) {
        this.order = order;
    }

    /** The name on the wire, as {@code high}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Priority> parse(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }

    /** What due work orders by: less is sooner. */
    int order() {
        return order;
    }

    static Priority ofOrder(long order) {
        return Arrays.stream(values())
                .filter(one -> one.order == order)
                .findFirst()
                .orElseThrow();
    }
}
