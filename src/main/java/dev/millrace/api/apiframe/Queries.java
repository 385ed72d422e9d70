package dev.millrace.api.apiframe;

import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads parameters of a query strictly; every method throws {@code INVALID_PARAMETER} that names the parameter. */
final class Queries {
    private Queries() {}

    static int number(Request request, String name, int most, int otherwise) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        int value = text.get().matches("[0-9]{1,9}") ? Integer.parseInt(text.get()) : 0;
        if (value < 1 || value > most) {
            throw wrong(name, "must be a whole number from 1 to " + most + ".");
        }
        return value;
    }

    static boolean flag(Request request, String name) {
        return "true".equals(oneOf(request, name, "true", "false"));
    }

    /** The value when it is one of the words; null when the parameter is absent. */
    static @Nullable String oneOf(Request request, String name, String... words) {
        String value = request.query(name).orElse(null);
        if (value != null && !List.of(words).contains(value)) {
            throw wrong(name, "must be one of " + String.join(", ", words) + ".");
        }
        return value;
    }

    static RuntimeException wrong(String name, String message) {
        return Problem.parameter(name, message).toException();
    }
}
