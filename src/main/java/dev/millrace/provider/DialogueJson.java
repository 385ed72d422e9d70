package dev.millrace.provider;

import dev.millrace.json.Json;
import dev.millrace.provider.Message.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@link Dialogue} as JSON and back, for keeping one; schemas are texts in it, so that they nest no deeper than they did. */
public final class DialogueJson {
    private static final String ARGUMENTS = "arguments";
    private static final String SCHEMA = "schema";

    private DialogueJson() {}

    public static ObjectNode write(Dialogue dialogue) {
        ObjectNode json = Json.object();
        ArrayNode messages = json.putArray("messages");
        dialogue.messages().forEach(message -> messages.add(message(message)));
        Tooling tooling = dialogue.tooling();
        ArrayNode tools = json.putArray("tools");
        for (Tool tool : tooling.tools()) {
            tools.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .put(SCHEMA, Json.text(tool.parameters()))
                    .put("strict", tool.strict());
        }
        json.put("parallel", tooling.parallel());
        switch (tooling.choice()) {
            case ToolChoice.Auto auto -> json.put("choice", "auto");
            case ToolChoice.None none -> json.put("choice", "none");
            case ToolChoice.Required required -> json.put("choice", "required");
            case ToolChoice.Named(String name) -> json.put("choice", "named").put("chosen", name);
        }
        switch (dialogue.format()) {
            case AnswerFormat.Text text -> json.put("format", "text");
            case AnswerFormat.JsonObject object -> json.put("format", "json_object");
            case AnswerFormat.JsonSchema(String name, ObjectNode schema) ->
                json.put("format", "json_schema").put("format_name", name).put(SCHEMA, Json.text(schema));
        }
        return json;
    }

    /** The dialogue in an object that {@link #write} made. */
    public static Dialogue read(ObjectNode json) {
        List<Message> messages = new ArrayList<>();
        json.required("messages").forEach(message -> messages.add(message(message)));
        List<Tool> tools = new ArrayList<>();
        json.required("tools")
                .forEach(tool -> tools.add(new Tool(
                        text(tool, "name"),
                        text(tool, "description"),
                        Json.readOwnObject(text(tool, SCHEMA)),
                        tool.required("strict").booleanValue())));
        ToolChoice choice = switch (text(json, "choice")) {
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            case "named" -> new ToolChoice.Named(text(json, "chosen"));
            case String auto -> new ToolChoice.Auto();
        };
        AnswerFormat format = switch (text(json, "format")) {
            case "json_object" -> new AnswerFormat.JsonObject();
            case "json_schema" ->
                new AnswerFormat.JsonSchema(text(json, "format_name"), Json.readOwnObject(text(json, SCHEMA)));
            case String text -> AnswerFormat.TEXT;
        };
        return new Dialogue(
                messages, new Tooling(tools, choice, json.required("parallel").booleanValue()), format);
    }

    private static ObjectNode message(Message message) {
        ObjectNode json = Json.object().put("role", message.role().name()).put("text", message.text());
        if (!message.calls().isEmpty()) {
            ArrayNode calls = json.putArray("calls");
            for (ToolCall call : message.calls()) {
                calls.addObject().put("id", call.id()).put("name", call.name()).put(ARGUMENTS, call.arguments());
            }
        }
        return message.answers() == null ? json : json.put("answers", message.answers());
    }

    private static Message message(JsonNode json) {
        List<ToolCall> calls = new ArrayList<>();
        json.path("calls")
                .forEach(call -> calls.add(new ToolCall(text(call, "id"), text(call, "name"), text(call, ARGUMENTS))));
        return new Message(
                Role.valueOf(text(json, "role")),
                text(json, "text"),
                calls,
                json.has("answers") ? text(json, "answers") : null);
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).asString();
    }
}
