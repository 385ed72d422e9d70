package dev.millrace.api.millrace;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.CollectedCalls;
import dev.millrace.provider.ToolCall;
import dev.millrace.provider.ToolPiece;
import dev.millrace.relay.RelayOutcome;
import dev.millrace.relay.RelaySink;
import dev.millrace.server.ClientGoneException;
import dev.millrace.server.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A live answer that is sent in one piece, once it is complete. */
final class CollectedAnswer implements RelaySink {
    private final Request request;
    private final StringBuilder text = new StringBuilder();
    private final CollectedCalls calls = new CollectedCalls();
    private @Nullable RelayOutcome outcome;
    private boolean brokeOff;

    CollectedAnswer(Request request) {
        this.request = request;
    }

    @Override
    public void text(String piece) {
        text.append(piece);
    }

    @Override
    public void tool(ToolPiece piece) {
        calls.add(piece);
    }

    @Override
    public void end(RelayOutcome ended) {
        this.outcome = ended;
    }

    /** Half an answer is none to a client that waits for a whole one. */
    @Override
    public void broken(Problem problem, RelayOutcome ended) {
        brokeOff = true;
        throw new ProblemException(problem);
    }

    @Override
    public boolean wanted() {
        return !request.clientGone();
    }

    /** Whether there was half an answer, which is paid. */
    boolean brokeOff() {
        return brokeOff;
    }

    String text() {
        return text.toString();
    }

    /** The tools that the answer calls, in their order. */
    List<ToolCall> calls() {
        return calls.list();
    }

    /** @throws ClientGoneException when the client hung up before its answer was complete */
    RelayOutcome outcome() {
        if (outcome == null) {
            throw new ClientGoneException();
        }
        return outcome;
    }
}
