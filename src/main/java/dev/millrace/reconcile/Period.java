package dev.millrace.reconcile;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The whole days (UTC) that an upstream's invoice is about, both included.
 *
 * @param text as it was given: {@code 2026-11}, or {@code 2026-11-01..2026-11-15}
 */
public record Period(String text, LocalDate first, LocalDate last) {
    private static final int DAYS_MAX = 366;

    /** @throws ProblemException {@code INVALID_PARAMETER} on {@code period} */
    public static Period parse(String text) {
        try {
            int dots = text.indexOf("..");
            if (dots < 0) {
                YearMonth month = YearMonth.parse(text);
                return new Period(text, month.atDay(1), month.atEndOfMonth());
            }
            LocalDate first = LocalDate.parse(text.substring(0, dots));
            LocalDate last = LocalDate.parse(text.substring(dots + 2));
            if (!last.isBefore(first) && last.isBefore(first.plusDays(DAYS_MAX))) {
                return new Period(text, first, last);
            }
        } catch (DateTimeException notOne) {
            // said below
        }
        throw Problem.parameter("period", "must be a month as 2026-11, or days as 2026-11-01..2026-11-15.")
                .toException();
    }

    boolean has(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    Instant from() {
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant until() {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
