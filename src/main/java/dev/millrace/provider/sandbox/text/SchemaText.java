package dev.millrace.provider.sandbox.text;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes a text that keeps the schema of one: its format, its pattern, its length. */
final class SchemaText {
    private static final int LENGTH_MAX = 4096;
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "2026-11-21"),
            Map.entry("time", "08:30:00Z"),
            Map.entry("date-time", "2026-11-21T08:30:00Z"),
            Map.entry("duration", "PT1H"),
            Map.entry("email", "someone@example.com"),
            Map.entry("idn-email", "someone@example.com"),
            Map.entry("hostname", "example.com"),
            Map.entry("idn-hostname", "example.com"),
            Map.entry("ipv4", "192.0.2.1"),
            Map.entry("ipv6", "2001:db8::1"),
            Map.entry("uri", "https://example.com/"),
            Map.entry("iri", "https://example.com/"),
            Map.entry("uri-reference", "https://example.com/"),
            Map.entry("iri-reference", "https://example.com/"),
            Map.entry("uri-template", "https://example.com/{id}"),
            Map.entry("json-pointer", "/a"),
            Map.entry("relative-json-pointer", "0"),
            Map.entry("regex", ".*"),
            Map.entry("uuid", "0190a5b2-7c11-7abc-8def-0123456789ab"));

    private SchemaText() {}

    static String of(JsonNode schema, String name, Cues cues) {
        String format = FORMATS.get(schema.path("format").asString(""));
        if (format != null) {
            return format;
        }
        if (schema.path("pattern").isString()) {
            return PatternText.of(schema.get("pattern").asString());
        }
        if (schema.path("default").isString()) {
            return schema.get("default").asString();
        }
        String text = cues.text()
                .orElseGet(() -> schema.path("examples").path(0).isString()
                        ? schema.path("examples").get(0).asString()
                        : "example " + name.replace('_', ' '));
        return fitted(
                text,
                Math.clamp(schema.path("minLength").asInt(0), 0, LENGTH_MAX),
                schema.path("maxLength").asInt(LENGTH_MAX));
    }

    private static String fitted(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most)));
        }
        return length < least ? text + "x".repeat(least - length) : text;
    }
}
