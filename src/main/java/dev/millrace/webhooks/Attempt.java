package dev.millrace.webhooks;

import java.time.Instant;

/**
 * The record of one attempt.
 *
 * @param number from 1
 * @param outcome the answer's status, or the kind of failure
 */
public record Attempt(int number, Instant at, String outcome, long latencyMillis) {}
