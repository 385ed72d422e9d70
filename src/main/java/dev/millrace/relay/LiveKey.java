package dev.millrace.relay;

import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;

/**
 * The customer's wish that a repeat of this live request is neither run nor charged again.
 *
 * @param fingerprint over everything that must be the same in a repeat
 */
public record LiveKey(IdempotencyKey key, Fingerprint fingerprint) {}
