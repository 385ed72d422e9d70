package dev.millrace.provider.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request tells the sandbox about tool calls.
 *
 * @param call the names of the tools to call; empty to let the question decide
 * @param arguments what to call them with; null for what their schemas take
 * @param fault what to do wrong with them; null for nothing
 */
record ToolOrders(
        List<String> call,
        @Nullable ObjectNode arguments,
        @Nullable ToolFault fault) {
    static final ToolOrders NONE = new ToolOrders(List.of(), null, null);

    /** A way in which models get a call wrong. */
    enum ToolFault {
        /** The arguments end in the middle of their JSON. */
        MALFORMED,
        /** The arguments are JSON that keeps no schema. */
        MISMATCH,
        /** A tool is called that the request does not have. */
        UNKNOWN_TOOL
    }

    ToolOrders {
        call = List.copyOf(call);
    }
}
