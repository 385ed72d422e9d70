package dev.millrace.admission;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** A file that a request carries in itself (RFC 2397): {@code data:image/png;base64,…}. */
final class DataUrl {
    private static final Pattern HEAD = Pattern.compile("data:(image|video|audio)/[a-z0-9.+-]{1,60};base64");
    private static final int HEAD_MAX = 100;

    private DataUrl() {}

    static boolean is(String url) {
        return url.regionMatches(true, 0, "data:", 0, "data:".length());
    }

    /** @throws IllegalArgumentException with a clause that says what is wrong */
    static byte[] decode(String url, long maxBytes) {
        int comma = url.indexOf(',');
        if (comma < 0
                || comma > HEAD_MAX
                || !HEAD.matcher(url.substring(0, comma).toLowerCase(Locale.ROOT))
                        .matches()) {
            throw new IllegalArgumentException("must be an image, video or sound as data:<type>;base64,<content>");
        }
        if ((url.length() - comma) / 4 * 3L > maxBytes + 3) {
            throw new IllegalArgumentException(
                    "holds more than " + maxBytes + " bytes; upload the file and give its URL");
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds something else than base64 behind its comma", e);
        }
    }
}
