package dev.millrace.jobs;

/**
 * The answer to a request for a job.
 *
 * @param replayed whether an earlier request with the same idempotency key made it
 */
public record Accepted(Job job, boolean replayed) {}
