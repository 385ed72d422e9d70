package dev.millrace.audit;

import dev.millrace.db.Tx;

/** One named invariant, and how to find what breaks it. */
public interface Check {
    /** Its short name, as {@code M4}. */
    String id();

    /** What holds, in a sentence. */
    String sentence();

    /** Whether it holds only while no request is being worked on. */
    default boolean atRestOnly() {
        return false;
    }

    /** Looks at one consistent snapshot. */
    CheckResult run(Tx tx);
}
