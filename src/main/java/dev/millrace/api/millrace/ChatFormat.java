package dev.millrace.api.millrace;

import dev.millrace.catalog.CustomerSchema;
import dev.millrace.provider.AnswerFormat;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code response_format} in OpenAI's shape. */
final class ChatFormat {
    private static final String NAME = "response_format";
    private static final String SCHEMA = "json_schema";

    private ChatFormat() {}

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with the path of what is wrong */
    static AnswerFormat read(Fields body) {
        if (!body.has(NAME)) {
            return AnswerFormat.TEXT;
        }
        Fields format = new Fields(body.objectOrEmpty(NAME), NAME);
        return switch (format.text("type")) {
            case "text" -> AnswerFormat.TEXT;
            case "json_object" -> new AnswerFormat.JsonObject();
            case SCHEMA -> schema(new Fields(format.objectOrEmpty(SCHEMA), NAME + "." + SCHEMA));
            case String other ->
                throw Fields.wrong(NAME + ".type", "enum", "must be text, json_object or json_schema.");
        };
    }

    private static AnswerFormat schema(Fields stated) {
        String name = ChatTools.name(stated, "name");
        stated.flag("strict");
        if (!stated.has("schema")) {
            throw Fields.wrong(stated.at("schema"), "required", "is missing.");
        }
        ObjectNode schema = stated.objectOrEmpty("schema");
        CustomerSchema.check(schema, stated.at("schema"));
        return new AnswerFormat.JsonSchema(name, schema);
    }
}
