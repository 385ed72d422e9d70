package dev.millrace.server;

/** Ends a handler whose client hung up: there is nobody to answer, and the connection is closed. No failure of the service. */
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClientGoneException() {
        super("the client hung up", null, false, false);
    }
}
