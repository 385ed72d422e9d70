package dev.millrace.limits;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a cap counts before it begins anew, by the calendar of the organization's time zone. */
public enum CapPeriod {
    DAY,
    /** From Monday to Sunday. */
    WEEK,
    MONTH,
    /** Never begins anew. */
    TOTAL;

    /** Later than any request. */
    static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /** The name in the database and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The period of that name, if there is one. */
    public static Optional<CapPeriod> of(String wire) {
        return Arrays.stream(values())
                .filter(period -> period.wire().equals(wire))
                .findFirst();
    }

    /** The window that the moment is in. A day that the clocks change in has 23 or 25 hours. */
    CapWindow around(Instant moment, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch (this) {
            case DAY -> between(day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield between(monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> between(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1), zone);
            case TOTAL -> new CapWindow(Instant.EPOCH, NEVER);
        };
    }

    private static CapWindow between(LocalDate first, LocalDate after, ZoneId zone) {
        return new CapWindow(
                first.atStartOfDay(zone).toInstant(), after.atStartOfDay(zone).toInstant());
    }
}
