package dev.millrace.console.code;

import dev.millrace.console.code.Sample.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells comments and texts from the rest of a piece of code, which is enough to read it easily. */
public final class Coloring {
    private static final Pattern TOLD = Pattern.compile(
            "(?<comment>(?m)(?<=^|\\s)(#|//) .*$)|(?<key>\"[A-Za-z_$][\\w$-]*\"(?=:))|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|(?<![\\w'])'[^'\\n{]*'|`[^`\\n]*`)");

    private Coloring() {}

    /** The code in pieces, in order. */
    public static List<Piece> pieces(String code) {
        List<Piece> pieces = new ArrayList<>();
        Matcher told = TOLD.matcher(code);
        int at = 0;
        while (told.find()) {
            add(pieces, "plain", code.substring(at, told.start()));
            add(pieces, kind(told), told.group());
            at = told.end();
        }
        add(pieces, "plain", code.substring(at));
        return List.copyOf(pieces);
    }

    private static String kind(Matcher told) {
        if (told.group("comment") != null) {
            return "comment";
        }
        return told.group("key") != null ? "key" : "text";
    }

    private static void add(List<Piece> pieces, String kind, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(kind, text));
        }
    }
}
