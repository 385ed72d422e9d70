package dev.millrace.api.millrace.openapi;

import dev.millrace.server.ProblemJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the failures of a group of routes look.
 *
 * @param name what the document calls the form
 * @param mediaType its content type
 * @param schema its JSON Schema
 */
public record Failures(String name, String mediaType, ObjectNode schema) {
    /** RFC 9457 problems; one may carry facts beside these members: numbers and names that a client can act on. */
    public static Failures problems() {
        return new Failures("Problem", ProblemJson.MEDIA_TYPE, ProblemJson.schema());
    }
}
