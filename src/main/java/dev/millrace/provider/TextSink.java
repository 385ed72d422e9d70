package dev.millrace.provider;

import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/** Takes a language answer as it comes. Called by one thread. */
public interface TextSink {
    /** A piece of the answer's text; never empty. */
    void text(String piece);

    /** A piece of a tool call, in the order of the calls' indexes; a call is complete when the next begins, or at the end. */
    void tool(ToolPiece piece);

    /** What the upstream says was used so far, in all; a later report replaces an earlier one. */
    void usage(Units units);

    /**
     * What the upstream says of the call for its own books, as far as it does: told before the end; a later one replaces an earlier one.
     *
     * @param request the upstream's id of it; null when it told none
     * @param cost what it asks for it in all; null when it does not say
     */
    default void receipt(@Nullable String request, @Nullable Money cost) {
        // whoever does not keep books has no use for it
    }

    /** The answer is complete. Told once, last. */
    void end(FinishReason reason);

    /** Whether anyone still wants the answer; an adapter asks between pieces and stops the upstream when not. */
    boolean wanted();
}
