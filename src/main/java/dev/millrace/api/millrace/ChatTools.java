package dev.millrace.api.millrace;

import dev.millrace.catalog.CustomerSchema;
import dev.millrace.json.Json;
import dev.millrace.provider.Tool;
import dev.millrace.provider.ToolChoice;
import dev.millrace.provider.Tooling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} in OpenAI's shape. */
final class ChatTools {
    static final int TOOLS_MAX = 128;
    private static final String TOOLS = "tools";
    private static final String CHOICE = "tool_choice";
    private static final String PARALLEL = "parallel_tool_calls";
    private static final String FUNCTION = "function";
    private static final String PARAMETERS = "parameters";
    private static final int DESCRIPTION_MAX = 8192;
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private ChatTools() {}

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with the path of what is wrong */
    static Tooling read(Fields body) {
        for (String old : List.of("functions", "function_call")) {
            if (body.has(old)) {
                throw Fields.wrong(
                        old, "additionalProperties", "is the form before tools; send tools and tool_choice.");
            }
        }
        List<Tool> tools = tools(body);
        boolean parallel = !body.has(PARALLEL) || body.flag(PARALLEL);
        return tools.isEmpty() && !body.has(CHOICE) ? Tooling.NONE : new Tooling(tools, choice(body, tools), parallel);
    }

    private static List<Tool> tools(Fields body) {
        ArrayNode array = body.arrayOrNull(TOOLS);
        List<Tool> tools = new ArrayList<>();
        if (array == null) {
            return tools;
        }
        if (array.size() > TOOLS_MAX) {
            throw Fields.wrong(TOOLS, "maxItems", "must hold at most " + TOOLS_MAX + " tools.");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            String path = TOOLS + "." + i;
            Tool tool = tool(object(array.get(i), path), path);
            if (!names.add(tool.name())) {
                throw Fields.wrong(path + ".function.name", "uniqueItems", "is the name of another tool too.");
            }
            tools.add(tool);
        }
        return tools;
    }

    private static Tool tool(ObjectNode stated, String path) {
        Fields fields = new Fields(stated, path);
        function(fields);
        Fields function = new Fields(object(stated.path(FUNCTION), path + "." + FUNCTION), path + "." + FUNCTION);
        String name = name(function, "name");
        String description = function.textOrNull("description");
        if (description != null && description.length() > DESCRIPTION_MAX) {
            throw Fields.wrong(
                    function.at("description"), "maxLength", "must have at most " + DESCRIPTION_MAX + " characters.");
        }
        ObjectNode parameters = function.objectOrEmpty(PARAMETERS);
        if (parameters.isEmpty()) {
            parameters = Json.object().put("type", "object");
            parameters.putObject("properties");
        }
        CustomerSchema.checkArguments(parameters, function.at(PARAMETERS));
        return new Tool(name, description == null ? "" : description, parameters, function.flag("strict"));
    }

    private static ToolChoice choice(Fields body, List<Tool> tools) {
        JsonNode stated = body.object().path(CHOICE);
        if (!body.has(CHOICE)) {
            return new ToolChoice.Auto();
        }
        if (tools.isEmpty()) {
            throw Fields.wrong(CHOICE, "dependentRequired", "needs tools, and there are none.");
        }
        if (stated instanceof ObjectNode named) {
            return named(named, tools);
        }
        return switch (stated.asString("")) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            case String other ->
                throw Fields.wrong(CHOICE, "enum", "must be auto, none, required, or an object that names a function.");
        };
    }

    private static ToolChoice named(ObjectNode stated, List<Tool> tools) {
        function(new Fields(stated, CHOICE));
        String path = CHOICE + "." + FUNCTION;
        String name = new Fields(object(stated.path(FUNCTION), path), path).text("name");
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw Fields.wrong(path + ".name", "enum", "is the name of none of the tools.");
        }
        return new ToolChoice.Named(name);
    }

    private static void function(Fields fields) {
        if (!FUNCTION.equals(fields.text("type"))) {
            throw Fields.wrong(fields.at("type"), "enum", "must be function; there is no other kind of tool.");
        }
    }

    /** A name of the form that functions have. */
    static String name(Fields fields, String field) {
        String name = fields.text(field);
        if (!TOOL_NAME.matcher(name).matches()) {
            throw Fields.wrong(fields.at(field), "pattern", "must be 1 to 64 letters, digits, _ and -.");
        }
        return name;
    }

    private static ObjectNode object(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Fields.wrong(path, node.isMissingNode() ? "required" : "type", "must be an object.");
    }
}
