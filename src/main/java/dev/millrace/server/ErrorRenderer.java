package dev.millrace.server;

import dev.millrace.problem.Problem;

/**
 * Makes a dialect's answer from a failure. Must not fail, and must not read the request's body: the failure may be that
 * the body can not be read. {@code Retry-After} and the request id are set behind it.
 */
@FunctionalInterface
public interface ErrorRenderer {
    Response render(Problem problem, Request request);
}
