package dev.millrace.privacy;

import java.util.Arrays;
import java.util.List;

/**
 * One column of a table, as the inventory names it.
 *
 * @param personal whether it may say who somebody is, or hold what somebody wrote
 */
record Column(String name, Kind kind, boolean personal) {
    /** What an archive makes of it. */
    enum Kind {
        /** A text, a number or a flag: shown as it is. */
        PLAIN,
        /** A moment, shown as ISO 8601 has it. */
        TIME,
        /** An amount, shown in dollars as a decimal text. */
        MONEY,
        /** A secret, a hash of one, or content under seal: shown to nobody. */
        SECRET
    }

    /** Reads columns: {@code at@} is a time, {@code amount$} money, {@code key!} a secret, and one with {@code *} behind it personal. */
    static List<Column> list(String names) {
        return Arrays.stream(names.strip().split("\\s+")).map(Column::read).toList();
    }

    private static Column read(String text) {
        boolean personal = text.endsWith("*");
        String rest = personal ? text.substring(0, text.length() - 1) : text;
        Kind kind = switch (rest.charAt(rest.length() - 1)) {
            case '@' -> Kind.TIME;
            case '$' -> Kind.MONEY;
            case '!' -> Kind.SECRET;
            default -> Kind.PLAIN;
        };
        return new Column(kind == Kind.PLAIN ? rest : rest.substring(0, rest.length() - 1), kind, personal);
    }
}
