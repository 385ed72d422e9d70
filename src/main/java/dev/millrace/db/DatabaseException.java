package dev.millrace.db;

import java.sql.SQLException;

/** A statement that the database refused: a bug, not an outage. The message holds the SQL text and no values. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    DatabaseException(Trouble trouble, String sql, SQLException cause) {
        super(Trouble.told(cause) + " in: " + sql, cause);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
