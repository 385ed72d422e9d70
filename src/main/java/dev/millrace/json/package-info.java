/**
 * The one JSON codec. Invariant: what is read is strict (UTF-8, one value, no duplicate names, bounded depth and sizes) and
 * a failure is a {@link dev.millrace.problem.Problem}, never a parser's text. May import level 0.
 */
@NullMarked
package dev.millrace.json;

import org.jspecify.annotations.NullMarked;
