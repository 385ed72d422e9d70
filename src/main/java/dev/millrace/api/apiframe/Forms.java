package dev.millrace.api.apiframe;

import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Multipart;
import dev.millrace.server.MultipartLimits;
import dev.millrace.server.Request;

/** Reads multipart bodies; whatever is wrong with one is a 400 that names the part (contract 1.7 and 1.9). */
final class Forms {
    private Forms() {}

    /** @param field what is at fault where the body as a whole is */
    static Multipart read(Request request, MultipartLimits limits, String field) {
        try {
            return Multipart.read(request, limits);
        } catch (ProblemException e) {
            throw e.problem().code() == ProblemCode.UNAVAILABLE
                    ? new ProblemException(
                            ProblemCode.UPSTREAM_ERROR, e.problem().detail())
                    : invalid(e.problem(), field);
        }
    }

    private static ProblemException invalid(Problem problem, String field) {
        String named =
                problem.fields().isEmpty() ? "" : problem.fields().getFirst().path();
        return Problem.field(
                        ProblemCode.INVALID_PARAMETER,
                        FieldError.of(named.isEmpty() ? field : named, "value", problem.detail()))
                .toException();
    }
}
