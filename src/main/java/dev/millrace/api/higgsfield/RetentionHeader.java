package dev.millrace.api.higgsfield;

import dev.millrace.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code Hf-Expires-After}: how long the outputs of one request are kept, in whole seconds, from an hour up to what applies
 * anyway; it only shortens (contract section 4).
 */
final class RetentionHeader {
    static final String NAME = "Hf-Expires-After";
    private static final long SHORTEST_SECONDS = 3600;

    private RetentionHeader() {}

    /**
     * The retention that the header asks for; null when there is none.
     *
     * @throws dev.millrace.problem.ProblemException when the value is no number of seconds in that range
     */
    static @Nullable Duration read(Optional<String> header, Duration longest) {
        if (header.isEmpty()) {
            return null;
        }
        String value = header.get();
        long seconds = value.matches("[0-9]{1,9}") ? Long.parseLong(value) : -1;
        if (seconds < SHORTEST_SECONDS || seconds > longest.toSeconds()) {
            String range = SHORTEST_SECONDS + " to " + longest.toSeconds();
            throw Problem.parameter(NAME, "must be a whole number of seconds from " + range + ".")
                    .toException();
        }
        return Duration.ofSeconds(seconds);
    }
}
