package dev.millrace.usage;

import java.time.Instant;

/**
 * A call of an upstream that served nothing, in the course of a request that went on elsewhere or failed. What it cost, the
 * platform bore.
 *
 * @param number which of the request's calls it was, from 1
 * @param provider the upstream's name
 * @param upstreamModel what the upstream calls the model
 * @param error why it served nothing, as a problem's code
 * @param at when that was known
 */
public record Attempt(int number, String provider, String upstreamModel, String error, Instant at) {}
