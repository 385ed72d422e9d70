package dev.millrace.api.millrace;

import dev.millrace.server.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a list is asked for: at most {@code limit} entries, behind the cursor of an earlier page. */
public record Paging(int limit, @Nullable String cursor) {
    private static final int OTHERWISE = 50;
    private static final int MOST = 200;

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when the limit is no number from 1 to 200 */
    public static Paging of(Request request) {
        return new Paging(
                limit(request),
                request.query("cursor").filter(text -> !text.isEmpty()).orElse(null));
    }

    public static int limit(Request request) {
        Optional<String> text = request.query("limit");
        if (text.isEmpty()) {
            return OTHERWISE;
        }
        int limit = text.get().matches("[0-9]{1,4}") ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > MOST) {
            throw Fields.wrong("limit", "value", "must be a whole number from 1 to " + MOST + ".");
        }
        return limit;
    }
}
