package dev.millrace.api.millrace.openapi;

import tools.jackson.databind.node.ObjectNode;

/**
 * How the failures of a group of routes look.
 *
 * @param name what the document calls the form
 * @param mediaType its content type
 * @param schema its JSON Schema
 */
public record Failures(String name, String mediaType, ObjectNode schema) {}
