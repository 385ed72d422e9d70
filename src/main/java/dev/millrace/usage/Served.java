package dev.millrace.usage;

/**
 * The call of an upstream that served a request.
 *
 * @param upstreamModel what the upstream calls the model
 * @param millis from the beginning of that call to its end; of a job, from the time that it began to run
 */
public record Served(String upstreamModel, long millis) {}
