package dev.millrace.problem;

/**
 * A failure on its way to the caller. It has no stack trace: it is an answer, not a bug, and is thrown on hot paths. Its
 * message is the code alone, so that a log line about it leaks nothing.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code().slug(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail));
    }

    public Problem problem() {
        return problem;
    }
}
