/**
 * Typed settings from one YAML file, the environment and the command line. Owns the names of all settings and their
 * errors. Invariant: a setting that nobody knows, or a value that does not fit, stops the start with one clear line, and
 * no error ever shows a secret. Knows no feature: settings records live in the rooms that they set. May import level 0.
 */
@NullMarked
package dev.millrace.config;

import org.jspecify.annotations.NullMarked;
