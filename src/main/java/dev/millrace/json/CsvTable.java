package dev.millrace.json;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** A table that somebody hands in as comma-separated values (RFC 4180), with a first row of names. */
public record CsvTable(List<String> names, List<Line> lines) {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    /**
     * One row.
     *
     * @param number of the line of the text on which it ends, from 1
     */
    public record Line(long number, Map<String, String> cells) {
        public Line {
            cells = Map.copyOf(cells);
        }

        /** The cell of a column, without the blanks around it; empty when the row is too short to have it. */
        public String cell(String name) {
            return cells.getOrDefault(name, "").strip();
        }
    }

    public CsvTable {
        names = List.copyOf(names);
        lines = List.copyOf(lines);
    }

    /**
     * Reads it.
     *
     * @param rowsMax how many rows it may have
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code file} when it is no such table, has a name twice, or too many rows: it
     *     says where, and quotes nothing
     */
    public static CsvTable parse(String text, int rowsMax) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<Line> lines = new ArrayList<>();
        try (CSVParser parser = format(bare).parse(new StringReader(bare))) {
            for (CSVRecord record : parser) {
                if (lines.size() == rowsMax) {
                    throw wrong("has more than " + rowsMax + " rows; split it.");
                }
                if (record.size() > parser.getHeaderNames().size()) {
                    throw wrong("line " + parser.getCurrentLineNumber() + " has more cells than there are names.");
                }
                lines.add(new Line(parser.getCurrentLineNumber(), record.toMap()));
            }
            return new CsvTable(parser.getHeaderNames(), lines);
        } catch (CSVException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw wrong("is no table of comma-separated values, near line " + (lines.size() + 2)
                    + ": names must differ, and quotes must be closed.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With semicolons or tabs between, as spreadsheets of many countries write it, where the names have no comma. */
    private static CSVFormat format(String text) {
        String names = text.lines().findFirst().orElse("");
        if (names.indexOf(',') < 0) {
            for (char between : new char[] {';', '\t'}) {
                if (names.indexOf(between) >= 0) {
                    return FORMAT.builder().setDelimiter(between).get();
                }
            }
        }
        return FORMAT;
    }

    private static ProblemException wrong(String what) {
        return Problem.parameter("file", what).toException();
    }
}
