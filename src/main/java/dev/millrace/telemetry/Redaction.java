package dev.millrace.telemetry;

import java.util.regex.Pattern;

/**
 * Takes credentials out of a text that is about to be logged: a second line of defence behind not logging them at all.
 */
final class Redaction {
    private static final Pattern KEY = Pattern.compile("mr_([A-Za-z0-9]{4,32})_[A-Za-z0-9]+");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(authorization|x-api-key|hf-secret|hf-api-key|proxy-authorization|cookie|[a-z-]*signature|api[_-]?key"
                    + "|password|secret|token)([\"']?\\s*[:=]\\s*[\"']?)((?:bearer|key|basic)\\s+)?[^\\s\"';&}\\])]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=:-]{8,}");

    private Redaction() {}

    static String of(String text) {
        if (!suspicious(text)) {
            return text;
        }
        String keys = KEY.matcher(text).replaceAll("mr_$1_***");
        String named = NAMED.matcher(keys).replaceAll("$1$2***");
        return SCHEME.matcher(named).replaceAll("$1 ***");
    }

    /** Most lines hold none of the signs that the patterns need; looking for these is cheap. */
    private static boolean suspicious(String text) {
        return text.contains("mr_")
                || text.indexOf('=') >= 0
                || text.indexOf(':') >= 0
                || text.contains("earer ")
                || text.contains("asic ");
    }
}
