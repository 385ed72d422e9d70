package dev.millrace.api.higgsfield;

import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import java.util.Optional;

/** Whole numbers in the query. */
final class Numbers {
    private Numbers() {}

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when it is no whole number in that range */
    static int query(Request request, String name, int least, int most, int otherwise) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        long value = text.get().matches("[0-9]{1,10}") ? Long.parseLong(text.get()) : -1;
        if (value < least || value > most) {
            throw Problem.parameter(name, "must be a whole number from " + least + " to " + most + ".")
                    .toException();
        }
        return (int) value;
    }
}
