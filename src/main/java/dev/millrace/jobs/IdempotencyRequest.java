package dev.millrace.jobs;

/**
 * The customer's wish that a repeat of this request makes no second job.
 *
 * @param surface method and path under which the key is unique, as {@code POST /api/v1/generations}
 * @param key the text of the header
 * @param fingerprint SHA-256 over everything that must be the same in a repeat
 */
public record IdempotencyRequest(String surface, String key, byte[] fingerprint) {}
