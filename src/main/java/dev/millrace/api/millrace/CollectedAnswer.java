package dev.millrace.api.millrace;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.relay.RelayOutcome;
import dev.millrace.relay.RelaySink;
import org.jspecify.annotations.Nullable;

/** A live answer that is sent in one piece, once it is complete. */
final class CollectedAnswer implements RelaySink {
    private final StringBuilder text = new StringBuilder();
    private @Nullable RelayOutcome outcome;

    @Override
    public void text(String piece) {
        text.append(piece);
    }

    @Override
    public void end(RelayOutcome ended) {
        this.outcome = ended;
    }

    /** Half an answer is none to a client that waits for a whole one. */
    @Override
    public void broken(Problem problem, RelayOutcome ended) {
        throw new ProblemException(problem);
    }

    @Override
    public boolean wanted() {
        return true;
    }

    String text() {
        return text.toString();
    }

    RelayOutcome outcome() {
        if (outcome == null) {
            throw new IllegalStateException("bug: the answer neither ended nor broke off");
        }
        return outcome;
    }
}
