package dev.millrace.api.higgsfield;

import dev.millrace.problem.FieldError;

/**
 * Says what is wrong with a parameter in the words that this dialect's clients match on: those of Python's jsonschema,
 * behind the path and a colon; at the root the path is empty.
 */
final class SchemaWording {
    private SchemaWording() {}

    static String of(FieldError error) {
        return parent(error) + ": " + sentence(error);
    }

    /** Where the broken rule stands: a missing property belongs to the object that misses it. */
    private static String parent(FieldError error) {
        if (!belongsToParent(error.rule())) {
            return error.path();
        }
        int dot = error.path().lastIndexOf('.');
        return dot < 0 ? "" : error.path().substring(0, dot);
    }

    private static boolean belongsToParent(String rule) {
        return rule.equals("required") || rule.equals("additionalProperties");
    }

    private static String sentence(FieldError error) {
        String given = PythonText.of(error.given());
        String expected = PythonText.of(error.expected());
        return switch (error.rule()) {
            case "required" -> quoted(leaf(error.path())) + " is a required property";
            case "additionalProperties" ->
                "Additional properties are not allowed (" + quoted(leaf(error.path())) + " was unexpected)";
            // A rule that no schema states has its own sentence.
            case String rule when error.given() == null -> error.message();
            case "anyOf", "oneOf" -> given + " is not valid under any of the given schemas";
            case String rule when error.expected() == null -> error.message();
            case "type" -> given + " is not of type " + PythonText.types(error.expected());
            case "enum" -> given + " is not one of " + expected;
            case "const" -> expected + " was expected";
            case "minimum" -> given + " is less than the minimum of " + expected;
            case "maximum" -> given + " is greater than the maximum of " + expected;
            case "exclusiveMinimum" -> given + " is less than or equal to the minimum of " + expected;
            case "exclusiveMaximum" -> given + " is greater than or equal to the maximum of " + expected;
            case "multipleOf" -> given + " is not a multiple of " + expected;
            case "minLength", "minItems" -> given + (expected.equals("1") ? " should be non-empty" : " is too short");
            case "maxLength", "maxItems" -> given + " is too long";
            case "format" -> given + " is not a " + expected;
            case "pattern" -> given + " does not match " + expected;
            case String other -> error.message();
        };
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
