package dev.millrace.api.millrace;

import dev.millrace.provider.ToolCall;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the tool calls of an assistant's message in OpenAI's shape. */
final class ChatCalls {
    private static final String NAME = "tool_calls";
    private static final int ID_MAX = 256;

    private ChatCalls() {}

    static List<ToolCall> read(Fields message) {
        ArrayNode array = message.arrayOrNull(NAME);
        List<ToolCall> calls = new ArrayList<>();
        if (array == null) {
            return calls;
        }
        if (array.size() > ChatTools.TOOLS_MAX) {
            throw Fields.wrong(message.at(NAME), "maxItems", "must hold at most " + ChatTools.TOOLS_MAX + " calls.");
        }
        for (int i = 0; i < array.size(); i++) {
            String path = message.at(NAME) + "." + i;
            if (!(array.get(i) instanceof ObjectNode call)) {
                throw Fields.wrong(path, "type", "must be an object with id, type and function.");
            }
            calls.add(call(new Fields(call, path)));
        }
        return calls;
    }

    private static ToolCall call(Fields call) {
        String type = call.textOrNull("type");
        if (type != null && !type.equals("function")) {
            throw Fields.wrong(call.at("type"), "enum", "must be function; there is no other kind of call.");
        }
        Fields function = new Fields(call.objectOrEmpty("function"), call.at("function"));
        String arguments = function.textOrNull("arguments");
        if (arguments == null) {
            throw Fields.wrong(function.at("arguments"), "required", "is missing: a text that holds JSON.");
        }
        return new ToolCall(id(call, "id"), ChatTools.name(function, "name"), arguments);
    }

    /** The id of a call. */
    static String id(Fields fields, String field) {
        String id = fields.text(field);
        if (id.length() > ID_MAX) {
            throw Fields.wrong(fields.at(field), "maxLength", "must have at most " + ID_MAX + " characters.");
        }
        return id;
    }
}
