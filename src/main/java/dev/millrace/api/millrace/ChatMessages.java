package dev.millrace.api.millrace;

import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.provider.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a conversation in OpenAI's shape; content is a text, or a list of text parts. */
final class ChatMessages {
    private static final String NAME = "messages";
    private static final String CONTENT = "content";

    private ChatMessages() {}

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with the path of what is wrong */
    static List<Message> read(Fields body) {
        ArrayNode array = body.arrayOrNull(NAME);
        if (array == null || array.isEmpty()) {
            throw Fields.wrong(NAME, "required", "must hold at least one message.");
        }
        List<Message> messages = new ArrayList<>();
        OpenCalls open = new OpenCalls();
        for (int i = 0; i < array.size(); i++) {
            String path = NAME + "." + i;
            Message message = message(array.get(i), path);
            open.next(message, path);
            messages.add(message);
        }
        open.end();
        return messages;
    }

    private static Message message(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw Fields.wrong(path, "type", "must be an object with role and content.");
        }
        Fields fields = new Fields(object, path);
        Role role = role(fields.text("role"), path);
        return switch (role) {
            case SYSTEM, USER -> new Message(role, content(object.get(CONTENT), fields.at(CONTENT)));
            case ASSISTANT -> assistant(fields);
            case TOOL ->
                new Message(
                        role,
                        content(object.get(CONTENT), fields.at(CONTENT)),
                        List.of(),
                        ChatCalls.id(fields, "tool_call_id"));
        };
    }

    private static Message assistant(Fields fields) {
        List<ToolCall> calls = ChatCalls.read(fields);
        JsonNode content = fields.object().get(CONTENT);
        boolean silent = content == null || content.isNull();
        return new Message(
                Role.ASSISTANT, silent && !calls.isEmpty() ? "" : content(content, fields.at(CONTENT)), calls, null);
    }

    private static Role role(String name, String path) {
        return switch (name) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            case String other ->
                throw Fields.wrong(path + ".role", "enum", "must be system, developer, user, assistant or tool.");
        };
    }

    private static String content(@Nullable JsonNode content, String path) {
        return switch (content) {
            case null -> throw Fields.wrong(path, "required", "is missing.");
            case ArrayNode parts -> parts(parts, path);
            case JsonNode text when text.isString() -> text.stringValue();
            case JsonNode other -> throw Fields.wrong(path, "type", "must be a text or a list of text parts.");
        };
    }

    private static String parts(ArrayNode parts, String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            JsonNode part = parts.get(i);
            JsonNode piece = part.path("text");
            if (!"text".equals(part.path("type").asString("")) || !piece.isString()) {
                throw Fields.wrong(path + "." + i, "type", "must be a part of type text; the model takes no other.");
            }
            text.append(piece.stringValue());
        }
        return text.toString();
    }
}
