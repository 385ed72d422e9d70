package dev.millrace.db;

/** What became of a transaction whose COMMIT was not answered. */
enum CommitFate {
    COMMITTED,
    ABORTED,
    /** The server has not carried it out yet, or not noticed yet that the client is gone. */
    PENDING,
    /** The server can not tell any more. */
    FORGOTTEN
}
