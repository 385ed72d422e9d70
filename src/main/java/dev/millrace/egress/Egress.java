package dev.millrace.egress;

/** Sends HTTP requests to the outside, guarded. Safe for any number of threads; a call blocks its own. */
public final class Egress {
    public Egress(EgressSettings settings) {}

    /**
     * Refuses a URL that a customer gives when it is plain without a look-up that it may not be reached: scheme, port, credentials,
     * length, or a literal address in any spelling. What a name resolves to is checked at each connection.
     *
     * @param field the name of the parameter that holds the URL, for the detail
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER}
     */
    public void check(String field, String url) {
        throw new IllegalStateException("being written");
    }

    /**
     * The answer with its body in memory.
     *
     * @throws EgressException when there is no complete answer
     */
    public EgressResponse send(EgressRequest request) throws EgressException {
        throw new IllegalStateException("being written");
    }

    /** The answer through a reader, for a body that need not fit in memory; fails as {@link #send}, and as the reader does. */
    public <R> R exchange(EgressRequest request, EgressReader<R> reader) throws java.io.IOException {
        throw new IllegalStateException("being written");
    }
}
