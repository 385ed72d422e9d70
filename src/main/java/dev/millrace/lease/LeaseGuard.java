package dev.millrace.lease;

/** Tells a worker, by the local monotonic clock alone, whether it may still act under its claim. */
public interface LeaseGuard {
    /** Whether the lease may be gone: the work must stop, for another node may have begun it. */
    boolean lost();

    /**
     * Says that what made the work's beginning costly is behind it: as many pieces as may be {@linkplain WorkersSettings#maxStarting starting}
     * at once are claimed, and no more until some have said so, or ended.
     */
    default void underWay() {}

    /** Leaves the work when the lease may be gone. */
    default void check() {
        if (lost()) {
            throw new LeaseLostException();
        }
    }
}
