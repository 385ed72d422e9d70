package dev.millrace.api.millrace;

import dev.millrace.api.millrace.ChatBodies.ChunkBody;
import dev.millrace.api.millrace.ChatBodies.DeltaBody;
import dev.millrace.api.millrace.ChatBodies.ToolDeltaBody;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.provider.ToolPiece;
import dev.millrace.relay.RelayOutcome;
import dev.millrace.relay.RelaySink;
import dev.millrace.server.SseStream;
import java.io.IOException;

/**
 * A live answer as OpenAI's event stream. It ends with {@code [DONE]}, or, when it breaks off, with an error event before that,
 * so that a cut stream can never be taken for a whole answer.
 */
final class StreamedAnswer implements RelaySink {
    private final SseStream out;
    private final ChatHead head;
    private final boolean withUsage;
    private boolean begun;
    private int calls;

    StreamedAnswer(SseStream out, ChatHead head, boolean withUsage) {
        this.out = out;
        this.head = head;
        this.withUsage = withUsage;
    }

    @Override
    public void text(String piece) {
        begin();
        send(ChunkBody.piece(head, DeltaBody.text(piece), null));
    }

    @Override
    public void tool(ToolPiece piece) {
        begin();
        boolean opens = piece.index() >= calls;
        calls = Math.max(calls, piece.index() + 1);
        if (opens || !piece.arguments().isEmpty()) {
            send(ChunkBody.piece(head, DeltaBody.of(ToolDeltaBody.of(piece, opens)), null));
        }
    }

    @Override
    public void end(RelayOutcome outcome) {
        begin();
        send(ChunkBody.piece(head, DeltaBody.EMPTY, ChatBodies.finish(outcome.finish())));
        if (withUsage) {
            send(ChunkBody.totals(head, outcome));
        }
        done();
    }

    @Override
    public void broken(Problem problem, RelayOutcome outcome) {
        send(OpenAiError.of(problem));
        done();
    }

    /** The head is out already: a failure before the first piece is an event too. */
    void failed(Problem problem) {
        send(OpenAiError.of(problem));
        done();
    }

    @Override
    public boolean wanted() {
        return out.open();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            send(ChunkBody.piece(head, DeltaBody.OPENING, null));
        }
    }

    private void send(Object body) {
        write(Json.text(body));
    }

    private void done() {
        write("[DONE]");
    }

    private void write(String data) {
        try {
            out.event(null, null, data);
        } catch (IOException hungUp) {
            // The stream remembers it: wanted() is false from now on, and the relay stops.
            return;
        }
    }
}
