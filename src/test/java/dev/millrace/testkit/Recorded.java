package dev.millrace.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request as {@link ScriptedUpstream} saw it.
 *
 * @param target the request target, path and query
 * @param headers every value by lower-case name
 */
public record Recorded(String method, String target, Map<String, List<String>> headers, byte[] body) {
    /** The first value of a header, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
