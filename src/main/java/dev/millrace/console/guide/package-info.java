/**
 * The pages that get somebody started and lead to help. Every
 * command on them works when it is copied.
 */
@NullMarked
package dev.millrace.console.guide;

import org.jspecify.annotations.NullMarked;
