package dev.millrace.provider;

import dev.millrace.meter.Units;

/** Takes a language answer as it comes. Called by one thread. */
public interface TextSink {
    /** A piece of the answer's text; never empty. */
    void text(String piece);

    /** A piece of a tool call, in the order of the calls' indexes; a call is complete when the next begins, or at the end. */
    void tool(ToolPiece piece);

    /** What the upstream says was used so far, in all; a later report replaces an earlier one. */
    void usage(Units units);

    /** The answer is complete. Told once, last. */
    void end(FinishReason reason);

    /** Whether anyone still wants the answer; an adapter asks between pieces and stops the upstream when not. */
    boolean wanted();
}
