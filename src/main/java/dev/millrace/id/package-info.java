/**
 * Typed identifiers and the one source that makes them. Invariant: an id is made by an {@link dev.millrace.id.IdSource}
 * that was handed in, never from the air, and cannot be guessed. Imports nothing of Millrace.
 */
@NullMarked
package dev.millrace.id;

import org.jspecify.annotations.NullMarked;
