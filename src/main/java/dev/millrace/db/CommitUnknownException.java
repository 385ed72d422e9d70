package dev.millrace.db;

/**
 * Says that the connection broke after COMMIT was sent and before it was answered, and that the outcome could not be
 * found out since: the unit is either wholly there or wholly absent. The caller looks for it by its id before it tries again.
 */
public final class CommitUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommitUnknownException() {
        super(
                "the database connection broke during COMMIT: whether it was carried out is not known",
                null,
                false,
                false);
    }
}
