package dev.millrace.provider;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Counts a language answer as it comes. What the upstream reports is what counts, an explicit zero included. Where it reports
 * nothing, input is reckoned at four bytes a token, and so is each piece of text and of a call's arguments, at one token
 * at least; neither above what was planned.
 */
public final class TextTally {
    private static final int BYTES_PER_TOKEN = 4;

    private long tokens;
    private int calls;
    private @Nullable Units reported;

    /** A piece of text came. */
    public void text(String piece) {
        tokens += reckoned(piece);
    }

    /** A piece of a tool call came; the name is counted with the first of each. */
    public void tool(ToolPiece piece) {
        if (piece.index() >= calls) {
            calls = piece.index() + 1;
            tokens += reckoned(piece.name());
        }
        if (!piece.arguments().isEmpty()) {
            tokens += reckoned(piece.arguments());
        }
    }

    /** The upstream says what was used so far. */
    public void reported(Units units) {
        reported = units;
    }

    /** Whether anything of an answer came. */
    public boolean begun() {
        return tokens > 0;
    }

    /** How many tokens came, as reckoned here. */
    public long tokens() {
        return tokens;
    }

    /** Whether the upstream has said what was used. */
    public boolean isReported() {
        return reported != null;
    }

    /**
     * What was used.
     *
     * @param planned the most tokens that the request can use, in and out
     */
    public Units used(Dialogue dialogue, Units planned) {
        if (reported != null) {
            return reported;
        }
        long input = Math.min(Math.ceilDiv(dialogue.bytes(), BYTES_PER_TOKEN), planned.get(Unit.INPUT_TOKEN));
        return Units.of(Unit.INPUT_TOKEN, input)
                .with(Unit.OUTPUT_TOKEN, Math.min(tokens, planned.get(Unit.OUTPUT_TOKEN)));
    }

    private static long reckoned(String text) {
        return Math.max(1, text.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN);
    }
}
