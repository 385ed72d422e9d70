package dev.millrace.provider;

import tools.jackson.databind.node.ObjectNode;

/**
 * One output of a finished job, before it is copied.
 *
 * @param index counts the outputs from 0
 * @param reference what the adapter needs to open it: a URL or a name
 * @param contentType what the upstream says that it is; the asset store looks at the bytes itself
 * @param facts what else is known and may be shown: {@code width}, {@code height}, {@code duration_ms}, {@code title} …
 */
public record MediaOutput(int index, String reference, String contentType, ObjectNode facts) {}
