package dev.millrace.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One failure as a caller is told it.
 *
 * @param detail what happened and how to fix it, for a person; never what a prompt or an output said
 * @param fields which fields are wrong; empty when the failure is about none
 * @param facts numbers and names that a client can act on, by snake_case name, as text, numbers or booleans
 *     ({@code balance_usd}, {@code required_usd}, {@code cap} …)
 * @param retryAfter how long to wait before the same request can succeed; null when waiting does not help
 */
public record Problem(
        ProblemCode code,
        String detail,
        List<FieldError> fields,
        Map<String, Object> facts,
        @Nullable Duration retryAfter) {

    public Problem {
        fields = List.copyOf(fields);
        facts = Map.copyOf(facts);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), null);
    }

    /** A failure about one field. */
    public static Problem field(ProblemCode code, FieldError error) {
        String where = error.path().isEmpty() ? "" : error.path() + ": ";
        return new Problem(code, where + error.message(), List.of(error), Map.of(), null);
    }

    /** A failure about one parameter that breaks a rule which no schema states. */
    public static Problem parameter(String path, String message) {
        return field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, "value", message));
    }

    public Problem withFacts(Map<String, Object> more) {
        return new Problem(code, detail, fields, more, retryAfter);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(code, detail, fields, facts, wait);
    }

    /** This failure as an exception, to leave a method with. */
    public ProblemException toException() {
        return new ProblemException(this);
    }
}
