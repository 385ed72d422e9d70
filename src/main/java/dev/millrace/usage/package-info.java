/**
 * What was used. Owns one row for each settled request, and their sums by day. Invariant: a settlement has exactly one
 * row, the sums equal the rows, and neither ever holds content. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.usage;

import org.jspecify.annotations.NullMarked;
