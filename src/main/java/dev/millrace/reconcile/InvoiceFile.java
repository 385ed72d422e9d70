package dev.millrace.reconcile;

import dev.millrace.json.CsvTable;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the rows of an upstream's invoice. One bad row refuses the file, and the error names its line and column. */
final class InvoiceFile {
    static final int ROWS_MAX = 200_000;
    private static final int TEXT_MAX = 1_000;
    private static final int DAY_LENGTH = 10;
    private static final int NANO_DECIMALS = 9;
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,9}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
    private static final Pattern UNITS = Pattern.compile("\\d{1,15}(\\.0{1,9})?");

    private final Map<String, String> names;
    private final Period period;

    private InvoiceFile(Columns columns, Period period) {
        this.names = columns.names();
        this.period = period;
    }

    static List<TheirRow> read(String text, Columns columns, Period period) {
        CsvTable table = CsvTable.parse(text, ROWS_MAX);
        InvoiceFile file = new InvoiceFile(columns.in(table.names()), period);
        return table.lines().stream().map(file::row).toList();
    }

    private TheirRow row(CsvTable.Line line) {
        String request = text(line, "request");
        String model = text(line, "model");
        String day = day(line, request.isEmpty());
        if (request.isEmpty() && model.isEmpty()) {
            throw wrong(line, "model", "is empty, and so is the request id.");
        }
        return new TheirRow(line.number(), request, model, day, units(line), amount(line));
    }

    private String text(CsvTable.Line line, String what) {
        String cell = cell(line, what);
        if (cell.length() > TEXT_MAX) {
            throw wrong(line, what, "is longer than " + TEXT_MAX + " letters.");
        }
        if (cell.indexOf('\0') >= 0) {
            throw wrong(line, what, "has a character that no text has.");
        }
        return cell;
    }

    private String day(CsvTable.Line line, boolean needed) {
        String cell = cell(line, "day");
        if (cell.isEmpty() && !needed) {
            return "";
        }
        LocalDate day;
        try {
            day = LocalDate.parse(cell.length() > DAY_LENGTH ? cell.substring(0, DAY_LENGTH) : cell);
        } catch (DateTimeException e) {
            throw wrong(line, "day", "must be a day, as " + period.first() + ".");
        }
        if (needed && !period.has(day)) {
            throw wrong(line, "day", "is not within " + period.text() + ".");
        }
        return day.toString();
    }

    private long units(CsvTable.Line line) {
        String cell = cell(line, "units");
        if (cell.isEmpty()) {
            return 0;
        }
        if (!UNITS.matcher(cell).matches()) {
            throw wrong(line, "units", "must be a whole number.");
        }
        return Long.parseLong(cell.contains(".") ? cell.substring(0, cell.indexOf('.')) : cell);
    }

    private Money amount(CsvTable.Line line) {
        String cell = cell(line, "amount");
        String currency = cell(line, "currency");
        if (!currency.isEmpty() && !currency.equalsIgnoreCase("usd")) {
            throw wrong(line, "currency", "is not USD; amounts here are dollars.");
        }
        BigDecimal amount = AMOUNT.matcher(cell).matches() ? new BigDecimal(cell) : MOST;
        if (amount.abs().compareTo(MOST) >= 0) {
            throw wrong(line, "amount", "must be an amount of dollars below 1,000,000,000, as 12.5 or 1.25e-5.");
        }
        return Money.usd(amount.setScale(NANO_DECIMALS, RoundingMode.HALF_EVEN));
    }

    private String cell(CsvTable.Line line, String what) {
        String name = names.get(what);
        return name == null ? "" : line.cell(name);
    }

    private ProblemException wrong(CsvTable.Line line, String what, String rule) {
        return Problem.parameter(
                        "file", "line " + line.number() + ", column " + names.getOrDefault(what, what) + ": " + rule)
                .toException();
    }
}
