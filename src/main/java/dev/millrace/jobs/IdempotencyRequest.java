package dev.millrace.jobs;

import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;

/**
 * The customer's wish that a repeat of this request makes no second job.
 *
 * @param fingerprint over everything that must be the same in a repeat
 */
public record IdempotencyRequest(IdempotencyKey key, Fingerprint fingerprint) {}
