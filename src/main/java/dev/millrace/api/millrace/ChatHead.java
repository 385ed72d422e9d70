package dev.millrace.api.millrace;

/**
 * What every piece of one chat answer states.
 *
 * @param created seconds since the epoch
 */
record ChatHead(String id, long created, String model) {}
