package dev.millrace.catalog;

import dev.millrace.problem.FieldError;

/**
 * A rule of a schema that a value breaks.
 *
 * @param pointer the JSON pointer of what is wrong: for a missing or unknown name, the one of that name
 */
record Breach(String pointer, FieldError error) {}
