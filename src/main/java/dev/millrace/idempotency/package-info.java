/**
 * Idempotent requests: key → fingerprint → what was created. Invariant: of all requests with one key, within its lifetime,
 * exactly one is {@link dev.millrace.idempotency.Start.Fresh}; the row is written in the transaction of its effect. May
 * import levels 0 to 2.
 */
@NullMarked
package dev.millrace.idempotency;

import org.jspecify.annotations.NullMarked;
