package dev.millrace.provider;

import tools.jackson.databind.node.ObjectNode;

/** What the text of a language answer has to be. */
public sealed interface AnswerFormat {
    /** Any text. */
    AnswerFormat TEXT = new Text();

    /** Any text. */
    record Text() implements AnswerFormat {}

    /** A JSON object. */
    record JsonObject() implements AnswerFormat {}

    /**
     * JSON that keeps a schema.
     *
     * @param name the client's name of it
     */
    record JsonSchema(String name, ObjectNode schema) implements AnswerFormat {
        public JsonSchema {
            schema = schema.deepCopy();
        }
    }
}
