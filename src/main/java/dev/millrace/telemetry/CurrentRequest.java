package dev.millrace.telemetry;

import java.util.Optional;

/** The id of the request that this thread works for, so that log lines can be found by it. */
public final class CurrentRequest {
    private static final ScopedValue<String> ID = ScopedValue.newInstance();

    private CurrentRequest() {}

    /** Runs the work with this id as the current one; the id ends with the work. */
    public static <R, X extends Throwable> R call(String requestId, ScopedValue.CallableOp<R, X> work) throws X {
        return ScopedValue.where(ID, requestId).call(work);
    }

    /** Runs the work with this id as the current one; the id ends with the work. */
    public static void run(String requestId, Runnable work) {
        ScopedValue.where(ID, requestId).run(work);
    }

    /** The current id, when this thread works for a request. */
    public static Optional<String> id() {
        return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
    }
}
