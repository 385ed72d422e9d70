package dev.millrace.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param text empty for an assistant's that only calls tools
 * @param calls what an assistant asked to be called; empty for everybody else
 * @param answers the id of the call whose result this is; null unless the role is {@link Role#TOOL}
 */
public record Message(
        Role role,
        String text,
        List<ToolCall> calls,
        @Nullable String answers) {
    public Message {
        calls = List.copyOf(calls);
    }

    /** A message that is text alone. */
    public Message(Role role, String text) {
        this(role, text, List.of(), null);
    }

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        /** A tool, through the client that called it. */
        TOOL
    }
}
