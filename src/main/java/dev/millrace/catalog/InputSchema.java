package dev.millrace.catalog;

import tools.jackson.databind.node.ObjectNode;

/** The parameters of one model as a JSON Schema (draft 2020-12), compiled when first asked. */
public final class InputSchema {
    private final ObjectNode schema;

    InputSchema(ObjectNode schema) {
        this.schema = schema;
    }

    /** The schema, to show; a copy. */
    public ObjectNode schema() {
        return schema.deepCopy();
    }

    ObjectNode checked(ObjectNode parameters, UnknownFields unknown) {
        throw new IllegalStateException("not yet");
    }
}
