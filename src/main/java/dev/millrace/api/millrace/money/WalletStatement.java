package dev.millrace.api.millrace.money;

import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.money.MoneyBodies.BalanceBody;
import dev.millrace.api.millrace.money.MoneyBodies.LineBody;
import dev.millrace.api.millrace.money.MoneyBodies.StatementBody;
import dev.millrace.api.millrace.money.MoneyBodies.SumBody;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Statement;
import dev.millrace.wallet.StatementLine;
import dev.millrace.wallet.Wallet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wallet over some days of its organization's calendar: all that moved, to the nano-dollar. */
public final class WalletStatement {
    /** The longest statement; a longer one has to be asked for in parts. */
    static final int LINES_MAX = 100_000;

    private final OrganizationId organization;
    private final LocalDate from;
    private final LocalDate to;
    private final ZoneId zone;
    private final Statement statement;
    private final List<StatementLine> lines;

    private WalletStatement(
            OrganizationId organization,
            LocalDate from,
            LocalDate to,
            ZoneId zone,
            Statement statement,
            List<StatementLine> lines) {
        this.organization = organization;
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.statement = statement;
        this.lines = lines;
    }

    /**
     * Reads it, all on one snapshot.
     *
     * @param from the first day, as {@code 2026-11-01}; null for the first of the month of {@code to}
     * @param to the last day; null for today
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when a date is none, or there is too much for one statement
     */
    public static WalletStatement read(
            Tx tx,
            Wallet wallet,
            Organizations organizations,
            OrganizationId organization,
            @Nullable String from,
            @Nullable String to) {
        ZoneId zone =
                organizations.find(tx, organization).map(Organization::timeZone).orElse(ZoneOffset.UTC);
        LocalDate last = to == null ? LocalDate.ofInstant(tx.now(), zone) : date("to", to);
        LocalDate first = from == null ? last.withDayOfMonth(1) : date("from", from);
        if (first.isAfter(last)) {
            throw Fields.wrong("from", "value", "must not be after to.");
        }
        Instant begin = first.atStartOfDay(zone).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(zone).toInstant();
        List<StatementLine> lines = wallet.lines(tx, organization, begin, end, LINES_MAX + 1);
        if (lines.size() > LINES_MAX) {
            throw Problem.parameter(
                            "to", "there are more than " + LINES_MAX + " movements until then; ask for fewer days.")
                    .toException();
        }
        return new WalletStatement(
                organization, first, last, zone, wallet.statement(tx, organization, begin, end), lines);
    }

    /** The first day. */
    public LocalDate from() {
        return from;
    }

    /** The last day. */
    public LocalDate to() {
        return to;
    }

    /** In whose calendar they are days. */
    public ZoneId zone() {
        return zone;
    }

    public Statement statement() {
        return statement;
    }

    /** Every movement, the oldest first. */
    public List<StatementLine> lines() {
        return lines;
    }

    public StatementBody body() {
        return new StatementBody(
                "statement",
                organization.text(),
                from.toString(),
                to.toString(),
                zone.getId(),
                BalanceBody.of(statement.opening()),
                statement.movements().stream().map(SumBody::of).toList(),
                BalanceBody.of(statement.closing()),
                lines.stream().map(LineBody::of).toList());
    }

    /** The same as a table: a line for the opening, one for each movement with the balance behind it, and one for the closing. */
    public String csv() {
        StringBuilder csv = new StringBuilder(
                "at,kind,id,available_change_usd,held_change_usd,available_usd,held_usd,reason,reference\r\n");
        Balance balance = statement.opening();
        row(csv, from.toString(), "opening", "", Money.ZERO, Money.ZERO, balance, "", "");
        for (StatementLine line : lines) {
            balance = new Balance(
                    balance.available().plus(line.available()), balance.held().plus(line.held()));
            row(
                    csv,
                    line.transfer().createdAt().toString(),
                    line.transfer().kind().code(),
                    line.transfer().id(),
                    line.available(),
                    line.held(),
                    balance,
                    line.note().reason(),
                    line.note().reference());
        }
        row(csv, to.toString(), "closing", "", Money.ZERO, Money.ZERO, statement.closing(), "", "");
        return csv.toString();
    }

    private static void row(
            StringBuilder csv,
            String at,
            String kind,
            String id,
            Money available,
            Money held,
            Balance balance,
            String reason,
            String reference) {
        csv.append(String.join(
                        ",",
                        at,
                        kind,
                        quoted(id),
                        available.toUsd(),
                        held.toUsd(),
                        balance.available().toUsd(),
                        balance.held().toUsd(),
                        quoted(reason),
                        quoted(reference)))
                .append("\r\n");
    }

    /** A text that a table program neither splits nor takes for a formula. */
    private static String quoted(String text) {
        String harmless = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
        return harmless.matches("[A-Za-z0-9 :._'-]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    private static LocalDate date(String name, String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return date;
            }
        } catch (DateTimeParseException notADate) {
            // Told below, as a date that is out of range is.
        }
        throw Fields.wrong(name, "format", "must be a date from 2000 to 2199, as 2026-11-01.");
    }
}
