package dev.millrace.console.reference;

import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One dialect whose routes an OpenAPI document describes.
 *
 * @param key names its page, as {@code millrace}
 * @param title its name for people
 * @param prefix what the paths of its routes begin with, which names of groups leave out
 * @param path where the document itself is served
 * @param source makes the document for a base URL
 */
public record Document(String key, String title, String prefix, String path, Function<String, ObjectNode> source) {}
