package dev.millrace.db;

/** How careful a batch is run. Each is slower than the one before, and copes with more. */
enum BatchMode {
    /** Statements that are expected to succeed are sent together, and nobody is expected to fail. */
    OPTIMISTIC,
    /** Every statement is answered before the next; nobody is expected to fail after having changed something. */
    STEPWISE,
    /** A savepoint precedes every unit, so that it can be undone alone. */
    MARKED;

    /** How the first attempt is run. SQLite knows no round trips, but a savepoint for each unit would cost a third more. */
    static BatchMode first(SqlDialect dialect) {
        return switch (dialect) {
            case SQLITE -> STEPWISE;
            case POSTGRESQL -> OPTIMISTIC;
        };
    }
}
