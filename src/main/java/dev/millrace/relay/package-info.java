/**
 * Live (language) requests: streamed through, metered, failed over before the first piece. Invariant: no upstream is
 * called without a hold, every hold is settled or released once, and every stream ends with its end or an error. May import
 * levels 0 to 5.
 */
@NullMarked
package dev.millrace.relay;

import org.jspecify.annotations.NullMarked;
