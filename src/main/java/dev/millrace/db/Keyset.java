package dev.millrace.db;

import dev.millrace.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by time and then by id, newest first: the last row that a page showed. A page asks
 * {@code (created_at, id) < (?, ?)}, which an index answers however far down it is.
 */
public record Keyset(Instant time, String id) {
    /** The place before the newest row. */
    public static final Keyset START = new Keyset(Instant.parse("2200-01-01T00:00:00Z"), "");

    private static final int TEXT_MAX = 512;

    /** The cursor as a client is given it. */
    public String cursor() {
        String plain = Micros.of(time) + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place that a client's cursor names; {@link #START} when it sends none.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code cursor} when it is not one of ours
     */
    public static Keyset of(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        if (cursor.length() > TEXT_MAX) {
            throw foreign();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            if (space < 1 || plain.indexOf('\0') >= 0) {
                throw foreign();
            }
            return new Keyset(Micros.instant(Long.parseLong(plain.substring(0, space))), plain.substring(space + 1));
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            throw foreign();
        }
    }

    private static RuntimeException foreign() {
        return Problem.parameter(
                        "cursor", "this is no cursor of this list; send next_cursor of the page before, or none.")
                .toException();
    }
}
