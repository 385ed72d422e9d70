package dev.millrace.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.problem.Problem;
import dev.millrace.provider.ToolPiece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that takes what it is told until it has had enough. */
final class Client implements RelaySink {
    final List<String> told = new ArrayList<>();
    int takes = Integer.MAX_VALUE;
    boolean breaks;

    @Nullable
    RelayOutcome outcome;

    @Nullable
    Problem problem;

    /** One that hangs up after so many pieces. */
    static Client leavingAfter(int pieces) {
        Client client = new Client();
        client.takes = pieces;
        return client;
    }

    @Override
    public void text(String piece) {
        told.add(piece);
        if (breaks && told.size() >= takes) {
            throw new UncheckedIOException(new IOException("broken pipe"));
        }
    }

    @Override
    public void tool(ToolPiece piece) {
        text(piece.arguments());
    }

    @Override
    public void end(RelayOutcome how) {
        assertThat(outcome).isNull();
        outcome = how;
    }

    @Override
    public void broken(Problem why, RelayOutcome how) {
        assertThat(outcome).isNull();
        outcome = how;
        problem = why;
    }

    @Override
    public boolean wanted() {
        return breaks || told.size() < takes;
    }
}
