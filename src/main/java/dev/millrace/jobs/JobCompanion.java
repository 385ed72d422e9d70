package dev.millrace.jobs;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.db.Tx;

/**
 * A room above that keeps rows of its own beside jobs. Each method runs inside the commit that it tells of, and may run
 * again with it: nothing may happen in it but through the transaction. Every job is told; a companion looks at model and
 * dialect, and does nothing for those that it does not know.
 */
public interface JobCompanion {
    /**
     * A job is being taken.
     *
     * @throws dev.millrace.problem.ProblemException to refuse it; nothing is taken then
     */
    default void taken(Tx tx, Job job, AdmittedMedia admitted) {}

    /** A job has ended as it says; its outputs are recorded. */
    default void ended(Tx tx, Job job) {}

    /** The content of an ended job is being erased on demand. */
    default void erased(Tx tx, Job job) {}
}
