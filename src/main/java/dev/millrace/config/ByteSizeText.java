package dev.millrace.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 65536}, {@code 512KB}, {@code 16MB}, {@code 2GB}; K is 1,024. */
final class ByteSizeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(|k|m|g|t)i?b?", Pattern.CASE_INSENSITIVE);
    private static final int BITS_PER_STEP = 10;

    private ByteSizeText() {}

    static long parse(String text) {
        Matcher form = FORM.matcher(text.replace("_", ""));
        if (!form.matches()) {
            throw new IllegalArgumentException();
        }
        int steps = switch (form.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1;
            case "m" -> 2;
            case "g" -> 3;
            case "t" -> 4;
            default -> 0;
        };
        return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (BITS_PER_STEP * steps));
    }

    static String write(long bytes) {
        String[] units = {"", "KB", "MB", "GB", "TB"};
        long rest = bytes;
        int step = 0;
        while (rest > 0 && rest % (1L << BITS_PER_STEP) == 0 && step < units.length - 1) {
            rest >>= BITS_PER_STEP;
            step++;
        }
        return rest + units[step];
    }
}
