package dev.millrace.api.millrace;

import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.provider.ToolCall;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows the tool calls of a conversation: each is answered once, by a message of role {@code tool} behind the message that
 * made it and before anybody else speaks.
 */
final class OpenCalls {
    /** Where each call that has no answer yet was made, by its id. */
    private final Map<String, String> open = new LinkedHashMap<>();

    private boolean called;

    void next(Message message, String path) {
        if (message.role() == Role.TOOL) {
            if (open.remove(message.answers()) == null) {
                throw Fields.wrong(
                        path + ".tool_call_id",
                        "enum",
                        called
                                ? "answers no open call of the message with tool_calls before it."
                                : "has no call before it: a message of role tool follows one with tool_calls.");
            }
            return;
        }
        end();
        called = !message.calls().isEmpty();
        for (int i = 0; i < message.calls().size(); i++) {
            ToolCall call = message.calls().get(i);
            String place = path + ".tool_calls." + i + ".id";
            if (open.put(call.id(), place) != null) {
                throw Fields.wrong(place, "uniqueItems", "is the id of another call too.");
            }
        }
    }

    /** Refuses calls that nobody answered. */
    void end() {
        if (!open.isEmpty()) {
            throw Fields.wrong(
                    open.values().iterator().next(),
                    "required",
                    "is of a call without an answer: a message of role tool with this tool_call_id must follow.");
        }
    }
}
