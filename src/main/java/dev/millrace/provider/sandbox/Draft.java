package dev.millrace.provider.sandbox;

import dev.millrace.provider.FinishReason;
import dev.millrace.provider.ToolPiece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is told.
 *
 * @param parts in the order in which they are told
 * @param read how many tokens the dialogue had
 */
record Draft(List<Part> parts, FinishReason reason, long read) {
    Draft {
        parts = List.copyOf(parts);
    }

    /**
     * What is told at once.
     *
     * @param tool a piece of a call; null for a piece of text
     * @param tokens how many it counts for
     */
    record Part(@Nullable ToolPiece tool, String text, long tokens) {}

    /** As much of the parts as the limit allows, and why the answer ends there. */
    static Draft within(List<Part> parts, FinishReason whole, long read, long limit) {
        List<Part> told = new ArrayList<>();
        long tokens = 0;
        for (Part part : parts) {
            tokens += part.tokens();
            if (tokens > limit) {
                return new Draft(told, FinishReason.LENGTH, read);
            }
            told.add(part);
        }
        return new Draft(told, whole, read);
    }
}
