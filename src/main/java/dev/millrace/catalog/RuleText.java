package dev.millrace.catalog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says in words what a schema's keyword demands. Never quotes the value that was given: it may be content. */
final class RuleText {
    private static final int LIST_MAX = 40;

    private RuleText() {}

    static String of(String rule, JsonNode expected, @Nullable JsonNode given) {
        return switch (rule) {
            case "type" -> "must be " + types(expected) + kind(given) + ".";
            case "enum" -> "must be one of " + list(expected) + ".";
            case "const" -> "must be " + expected + ".";
            case "minimum" -> "must be at least " + expected + ".";
            case "maximum" -> "must be at most " + expected + ".";
            case "exclusiveMinimum" -> "must be more than " + expected + ".";
            case "exclusiveMaximum" -> "must be less than " + expected + ".";
            case "multipleOf" -> "must be a multiple of " + expected + ".";
            case "minLength" ->
                expected.asInt(0) == 1 ? "must not be empty." : "must have at least " + characters(expected);
            case "maxLength" -> "must have at most " + characters(expected);
            case "pattern" -> "must match the pattern " + expected.asString() + ".";
            case "format" -> format(expected.asString());
            case "minItems" -> "must have at least " + expected + (expected.asInt(0) == 1 ? " item." : " items.");
            case "maxItems" -> "must have at most " + expected + (expected.asInt(0) == 1 ? " item." : " items.");
            case "uniqueItems" -> "must not have the same item twice.";
            default -> "breaks the rule \"" + rule + "\" of its schema.";
        };
    }

    private static String characters(JsonNode count) {
        return count + (count.asInt(0) == 1 ? " character." : " characters.");
    }

    private static String format(String format) {
        return switch (format) {
            case "uri" -> "must be a whole URL, as https://example.com/picture.png.";
            case "uuid" -> "must be a UUID.";
            case "date" -> "must be a date, as 2026-10-31.";
            default -> "must have the format " + format + ".";
        };
    }

    private static String list(JsonNode values) {
        String start = StreamSupport.stream(values.spliterator(), false)
                .limit(LIST_MAX)
                .map(JsonNode::toString)
                .collect(Collectors.joining(", "));
        return values.size() > LIST_MAX ? start + " …" : start;
    }

    private static String types(JsonNode types) {
        List<String> names = types.isArray()
                ? StreamSupport.stream(types.spliterator(), false)
                        .map(RuleText::named)
                        .toList()
                : List.of(named(types));
        return String.join(" or ", names);
    }

    private static String named(JsonNode type) {
        return switch (type.asString()) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "an object";
            default -> type.asString();
        };
    }

    private static String kind(@Nullable JsonNode given) {
        return given == null ? "" : ", not " + kindOf(given);
    }

    private static String kindOf(JsonNode given) {
        return switch (given.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BOOLEAN, NULL -> given.toString().toLowerCase(Locale.ROOT);
            case NUMBER -> given.isIntegralNumber() ? "a number" : "a fraction";
            case BINARY, MISSING, POJO -> "that";
        };
    }
}
