package dev.millrace.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A table as comma-separated values (RFC 4180), with a first row of names. */
public final class Csv {
    /** What a response or a file that holds one is. */
    public static final String CONTENT_TYPE = "text/csv; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter printer;

    private Csv(List<String> names) {
        try {
            this.printer = CSVFormat.RFC4180.print(text);
            printer.printRecord(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Csv of(String... names) {
        return new Csv(List.of(names));
    }

    public static Csv of(List<String> names) {
        return new Csv(names);
    }

    /** Adds a row; null is an empty cell. A text that a spreadsheet would take for a formula is shown as the text that it is. */
    public Csv row(@Nullable Object... cells) {
        return row(Arrays.asList(cells));
    }

    /** As the other. */
    public Csv row(List<? extends @Nullable Object> cells) {
        try {
            printer.printRecord(cells.stream().map(Csv::cell).toList());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean formula = value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    /** The whole table. */
    public String text() {
        return text.toString();
    }
}
