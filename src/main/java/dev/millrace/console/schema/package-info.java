/**
 * JSON Schemas as tables for people: a row for each name, with its type and what it may be. Shows what the
 * schema says, and nothing else.
 */
@NullMarked
package dev.millrace.console.schema;

import org.jspecify.annotations.NullMarked;
