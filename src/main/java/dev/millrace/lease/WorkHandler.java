package dev.millrace.lease;

import dev.millrace.db.Tx;
import java.util.List;

/** Does one piece of due work. */
@FunctionalInterface
public interface WorkHandler {
    /**
     * Does the work on a virtual thread of its own, and before it returns finishes or reschedules the claim in the same
     * transaction as its last effect. It is interrupted when the lease is lost or the drain's time is over. When it
     * throws, the work is due again after a pause that grows with the attempts.
     */
    void work(Claim claim, LeaseGuard guard) throws Exception;

    /**
     * Reads together what the claims of one transaction need, inside it, and says who does them then. Whatever it throws undoes all of
     * the claims. Whoever has nothing to read does them itself.
     */
    default WorkHandler prepared(Tx tx, List<Claim> claims) {
        return this;
    }
}
