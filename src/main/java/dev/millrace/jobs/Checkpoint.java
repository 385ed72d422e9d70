package dev.millrace.jobs;

/** A step of a job's life at which a test can stop it; see {@link TestSignals}. */
public enum Checkpoint {
    /** Everything of an acceptance is written, and not committed. */
    ACCEPT_BEFORE_COMMIT,
    /** The job is durable; its customer does not know yet. */
    ACCEPTED,
    /** A worker has claimed it. */
    CLAIMED,
    /** The files that it names were fetched, and are kept. */
    INPUTS_KEPT,
    /** It is durable that the upstream may get the job; it did not yet. */
    SUBMIT_INTENT,
    /** The upstream has it; its id is not durable. */
    SUBMITTED,
    /** The upstream's id is durable. */
    SUBMIT_STORED,
    /** An answer to a poll has come. */
    POLLED,
    /** A part of an output is on the disk. */
    ASSET_PARTIAL,
    /** An output is whole on the disk; no row names it. */
    ASSET_STORED,
    /** Everything of the end is written, and not committed. */
    FINISH_BEFORE_COMMIT,
    /** The end is durable. */
    FINISHED,
    /** Everything of a cancellation is written, and not committed. */
    CANCEL_BEFORE_COMMIT,
    /** The cancellation is durable; its customer does not know yet. */
    CANCELED
}
