/**
 * Events on their way to customers: the outbox that they are put into with the change that they tell of, their delivery with
 * retries, and the record of every attempt. Invariant: an event that was committed is delivered at least once under one id, or is
 * marked as failed; and its address and body lie sealed while they are needed, and nowhere afterwards. Imports levels 0 to 2.
 */
@NullMarked
package dev.millrace.webhooks;

import org.jspecify.annotations.NullMarked;
