package dev.millrace.db;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Duration;

/** The truthful answers to callers while the database can not serve them. */
final class Outage {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(2);

    private Outage() {}

    static ProblemException unreachable() {
        return problem("The database can not be reached; nothing was done. Try again shortly.", LATER);
    }

    static ProblemException stuck() {
        return problem("The database can not write at the moment; nothing was done. Try again shortly.", LATER);
    }

    static ProblemException contended() {
        return problem("The database was too busy to finish this; nothing was done. Try again.", SOON);
    }

    static ProblemException full() {
        return problem("Too much is waiting to be written; nothing was done. Try again shortly.", SOON);
    }

    static ProblemException closed() {
        return problem("The service is shutting down; nothing was done. Try again.", SOON);
    }

    private static ProblemException problem(String detail, Duration wait) {
        return Problem.of(ProblemCode.UNAVAILABLE, detail).withRetryAfter(wait).toException();
    }
}
