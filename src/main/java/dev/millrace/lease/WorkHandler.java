package dev.millrace.lease;

/** Does one piece of due work. */
@FunctionalInterface
public interface WorkHandler {
    /**
     * Does the work on a virtual thread of its own, and before it returns finishes or reschedules the claim in the same
     * transaction as its last effect. It is interrupted when the lease is lost or the drain's time is over. When it
     * throws, the work is due again after a pause that grows with the attempts.
     */
    void work(Claim claim, LeaseGuard guard) throws Exception;
}
