package dev.millrace.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with one field of a request.
 *
 * @param path where, as dotted names and indexes from the body's root ({@code messages.0.role}); empty for the root; a
 *     missing or unknown name has its own path
 * @param rule the broken rule, named after the JSON Schema keyword: {@code required}, {@code type}, {@code enum},
 *     {@code minimum}, {@code maximum}, {@code additionalProperties}, {@code maxLength} …
 * @param message what is wrong and what would be right, in a sentence
 * @param given the offending value as JSON text, cut to 80 characters; null when there is none
 * @param expected what the rule states (the missing name, the type, the list of values …) as JSON text; null when the
 *     rule needs none
 */
public record FieldError(
        String path,
        String rule,
        String message,
        @Nullable String given,
        @Nullable String expected) {
    private static final int GIVEN_MAX = 80;

    public FieldError {
        if (given != null && given.length() > GIVEN_MAX) {
            given = given.substring(0, GIVEN_MAX) + "…";
        }
    }

    public static FieldError of(String path, String rule, String message) {
        return new FieldError(path, rule, message, null, null);
    }
}
