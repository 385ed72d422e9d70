package dev.millrace.trail;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of the audit log as a table: comma-separated values as RFC 4180 has them, with a first row of names. */
public final class TrailTable {
    private static final String NAMES = "id,created_at,actor_kind,actor,organization,address,action,subject,facts\r\n";

    private TrailTable() {}

    public static String csv(List<TrailLine> lines) {
        return lines.stream().map(TrailTable::row).collect(Collectors.joining("", NAMES, ""));
    }

    private static String row(TrailLine line) {
        String facts = line.facts().entrySet().stream()
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining("; "));
        return List.of(
                                line.id(),
                                line.at().toString(),
                                line.actor().kind().wire(),
                                line.actor().id(),
                                line.actor().organization() == null
                                        ? ""
                                        : line.actor().organization().text(),
                                line.actor().address(),
                                line.action(),
                                line.subject(),
                                facts)
                        .stream()
                        .map(TrailTable::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** A cell that a spreadsheet would take for a formula is shown as the text that it is. */
    private static String cell(String text) {
        String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + plain.replace("\"", "\"\"") + "\""
                : plain;
    }
}
