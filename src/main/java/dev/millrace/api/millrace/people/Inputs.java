package dev.millrace.api.millrace.people;

import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.api.millrace.Fields;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what people hand in, and names the field that is wrong. */
final class Inputs {
    private Inputs() {}

    static Email email(Fields body, String name) {
        return Email.parse(body.text(name))
                .orElseThrow(() -> Fields.wrong(name, "format", "must be an e-mail address, as ann@example.org."));
    }

    static Role role(Fields body, String name) {
        return Role.parse(body.text(name)).orElseThrow(() -> {
            String roles = Arrays.stream(Role.values()).map(Role::wire).collect(Collectors.joining(", "));
            return Fields.wrong(name, "enum", "must be one of " + roles + ".");
        });
    }

    /** What comes of a name; one that will not do is refused under the name of its field. */
    static <R> R named(String field, Supplier<R> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw Fields.wrong(field, "value", e.getMessage() + ".");
        }
    }

    static ProblemException absent(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }
}
