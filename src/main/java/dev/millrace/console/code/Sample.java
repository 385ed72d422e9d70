package dev.millrace.console.code;

import java.util.List;

/**
 * A piece of code to copy.
 *
 * @param key names it within its page
 * @param label what stands on its tab
 * @param pieces the code in pieces of one kind each
 */
public record Sample(String key, String label, List<Piece> pieces) {
    /**
     * A piece of code.
     *
     * @param kind {@code comment}, {@code text} or {@code plain}
     */
    public record Piece(String kind, String text) {}

    /** Colours the code. */
    public static Sample of(String key, String label, String code) {
        return new Sample(key, label, Coloring.pieces(code));
    }

    /** The whole code. */
    public String code() {
        StringBuilder code = new StringBuilder();
        pieces.forEach(piece -> code.append(piece.text()));
        return code.toString();
    }
}
