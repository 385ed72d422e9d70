/**
 * The pages about models: all of them, each one, and what they cost. Everything on them comes from the catalogue
 * and from real runs.
 */
@NullMarked
package dev.millrace.console.models;

import org.jspecify.annotations.NullMarked;
