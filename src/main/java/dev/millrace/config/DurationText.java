package dev.millrace.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as people write it: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, or parts in a row. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final long MILLIS_OF_SECOND = 1000;
    private static final long MILLIS_OF_DAY = 86_400_000;

    private DurationText() {}

    /** @throws IllegalArgumentException when the text is none */
    public static Duration parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            sum = sum.plus(Duration.ofMillis(Math.multiplyExact(Long.parseLong(part.group(1)), millis(part.group(2)))));
            end = part.end();
        }
        if (text.isEmpty() || end < text.length()) {
            throw new IllegalArgumentException();
        }
        return sum;
    }

    static String write(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            if (millis != 0 && millis % millis(unit) == 0) {
                return millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> MILLIS_OF_SECOND;
            case "m" -> 60 * MILLIS_OF_SECOND;
            case "h" -> 3600 * MILLIS_OF_SECOND;
            default -> MILLIS_OF_DAY;
        };
    }
}
