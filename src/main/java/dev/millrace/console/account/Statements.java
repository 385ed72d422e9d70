package dev.millrace.console.account;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.wallet.Statement;
import dev.millrace.wallet.StatementLine;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a wallet over some days as the API does; the files are the API's, so {@code app} brings it. */
@FunctionalInterface
public interface Statements {
    /**
     * A wallet over some days.
     *
     * @param zone in whose calendar they are days
     * @param lines every movement, the oldest first
     * @param json the body of the API's answer
     * @param csv the same as a table
     */
    record Period(
            LocalDate from,
            LocalDate to,
            ZoneId zone,
            Statement statement,
            List<StatementLine> lines,
            Supplier<Object> json,
            Supplier<String> csv) {}

    /**
     * Reads it, all on one snapshot.
     *
     * @param from the first day; null for the first of the month of {@code to}
     * @param to the last day; null for today
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when a date is none, or there is too much for one statement
     */
    Period read(Tx tx, OrganizationId organization, @Nullable String from, @Nullable String to);
}
