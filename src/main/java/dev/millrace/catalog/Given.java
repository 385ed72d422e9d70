package dev.millrace.catalog;

import tools.jackson.databind.JsonNode;

/**
 * One thing that a client of another dialect asked for.
 *
 * @param role what it means, as a catalogue's {@code x-role} calls it: {@code prompt}, {@code duration}, {@code image} …
 * @param field its name in the body that the client sent, which an error about it has to name
 * @param value as the client sent it
 */
public record Given(String role, String field, JsonNode value) {}
