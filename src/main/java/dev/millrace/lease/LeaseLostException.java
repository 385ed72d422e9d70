package dev.millrace.lease;

/** Ends a worker's run because its lease may be gone. Whoever claims the row next does the work. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException() {
        super("the lease may be gone", null, false, false);
    }
}
