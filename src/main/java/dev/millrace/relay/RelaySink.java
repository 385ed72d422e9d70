package dev.millrace.relay;

import dev.millrace.problem.Problem;
import dev.millrace.provider.ToolPiece;

/**
 * Takes a live answer for one client, as a dialect renders it. Called by one thread, which may be held up: an upstream is
 * read no faster than the client reads.
 *
 * <p>Order: {@link #text} and {@link #tool} any number of times, then {@link #end} or, when the answer broke off after its first piece,
 * {@link #broken}. When {@link Relay#run} throws, nothing was called.
 */
public interface RelaySink {
    /** A piece of the answer; never empty. */
    void text(String piece);

    /** A piece of a tool call, in the order of the calls' indexes. */
    void tool(ToolPiece piece);

    /** The answer is complete and paid. Told once, last. */
    void end(RelayOutcome outcome);

    /** The answer broke off; what was delivered is paid. Told once, last. */
    void broken(Problem problem, RelayOutcome outcome);

    /** Whether the client is still there. */
    boolean wanted();
}
