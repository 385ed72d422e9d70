package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next_cursor} is null on the last one. */
public record PageBody<T>(
        String object,
        List<T> data,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next_cursor) {
    public static <T> PageBody<T> of(List<T> data, @Nullable String next) {
        return new PageBody<>("list", data, next);
    }
}
