package dev.millrace.provider;

import java.util.ArrayList;
import java.util.List;

/** Puts tool calls together from their pieces. Used by one thread. */
public final class CollectedCalls {
    private final List<ToolPiece> first = new ArrayList<>();
    private final List<StringBuilder> arguments = new ArrayList<>();

    public void add(ToolPiece piece) {
        if (piece.index() >= first.size()) {
            first.add(piece);
            arguments.add(new StringBuilder());
        }
        arguments.get(Math.min(piece.index(), arguments.size() - 1)).append(piece.arguments());
    }

    /** The calls in their order. */
    public List<ToolCall> list() {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            calls.add(new ToolCall(
                    first.get(i).id(), first.get(i).name(), arguments.get(i).toString()));
        }
        return calls;
    }
}
