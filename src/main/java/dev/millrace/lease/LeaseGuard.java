package dev.millrace.lease;

/** Tells a worker, by the local monotonic clock alone, whether it may still act under its claim. */
public interface LeaseGuard {
    /** Whether the lease may be gone: the work must stop, for another node may have begun it. */
    boolean lost();

    /** Leaves the work when the lease may be gone. */
    default void check() {
        if (lost()) {
            throw new LeaseLostException();
        }
    }
}
