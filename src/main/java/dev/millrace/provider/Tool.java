package dev.millrace.provider;

import tools.jackson.databind.node.ObjectNode;

/**
 * A function of the client's that a model may ask it to call.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param description what it does; empty when nothing is said
 * @param parameters the JSON Schema of its arguments, an object's
 * @param strict whether the arguments must keep the schema
 */
public record Tool(String name, String description, ObjectNode parameters, boolean strict) {
    public Tool {
        parameters = parameters.deepCopy();
    }
}
