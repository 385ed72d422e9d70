package dev.millrace.server;

/** Answers the requests of one route. Runs on its own virtual thread and may block. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer.
     *
     * @throws dev.millrace.problem.ProblemException for a failure that the caller is told; rendered by the route's group
     * @throws Exception for a bug; the caller is told {@code INTERNAL} and nothing more
     */
    Response handle(Request request) throws Exception;
}
