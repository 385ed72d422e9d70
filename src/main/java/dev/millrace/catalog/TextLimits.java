package dev.millrace.catalog;

/**
 * How much a language model reads and writes.
 *
 * @param contextTokens the most tokens of a request and its answer together
 * @param maxOutputTokens the most tokens that an answer may be asked to have
 * @param defaultOutputTokens the most that an answer has when the request does not say
 */
public record TextLimits(long contextTokens, long maxOutputTokens, long defaultOutputTokens) {}
