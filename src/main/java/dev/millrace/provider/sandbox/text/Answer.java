package dev.millrace.provider.sandbox.text;

import java.util.List;

/**
 * A finished answer.
 *
 * @param pieces the text, one token each
 * @param cut whether the limit ended it
 */
public record Answer(List<String> pieces, boolean cut) {
    public Answer {
        pieces = List.copyOf(pieces);
    }

    public String text() {
        return String.join("", pieces);
    }
}
