package dev.millrace.access;

import dev.millrace.server.Request;

/** Knows people by their sessions, for routes that take them as well as keys. */
@FunctionalInterface
public interface PersonDoor {
    /** What the text of every session begins with, so that it is told from a key at a glance. */
    String PREFIX = "ms_";

    /**
     * The person whose session it is, in the organization that the request is about.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when there is no such session; {@code FORBIDDEN} when the
     *     person belongs to no such organization, or is suspended there
     */
    Principal enter(String token, Request request);
}
