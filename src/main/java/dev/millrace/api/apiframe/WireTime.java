package dev.millrace.api.apiframe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as this dialect writes them: ISO 8601 in UTC with milliseconds. */
final class WireTime {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private WireTime() {}

    static String of(Instant moment) {
        return FORM.format(moment);
    }

    static @Nullable String orNull(@Nullable Instant moment) {
        return moment == null ? null : of(moment);
    }
}
