package dev.millrace.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What kind of failure the database reported, which decides what the Writer does next. */
enum Trouble {
    /** The connection is gone, or the server does not take one: reconnect. */
    LOST,
    /** Two transactions stood in each other's way: run it again. */
    AGAIN,
    /** The statement took longer than it may. */
    SLOW,
    /** The disk is full or fails, or another process holds the file: nothing was written, and later it may work. */
    STUCK,
    /** The statement itself is wrong or breaks a constraint. */
    REFUSED;

    private static final String DATA_EXCEPTION = "22";

    static Trouble of(SQLException failure) {
        return failure instanceof SQLiteException sqlite ? of(sqlite.getResultCode()) : of(failure.getSQLState());
    }

    private static Trouble of(SQLiteErrorCode code) {
        return switch (code.code & 0xFF) {
            case 5, 6, 8, 10, 13, 14 -> STUCK; // BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN
            default -> REFUSED;
        };
    }

    private static Trouble of(@Nullable String state) {
        if (state == null || state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
            return LOST;
        }
        if (state.equals("57014")) {
            return SLOW;
        }
        if (state.startsWith("40") || state.equals("55P03")) {
            return AGAIN;
        }
        return state.startsWith("53") || state.startsWith("58") || state.equals("25006") ? STUCK : REFUSED;
    }

    /** The failure in words that hold no stored value: PostgreSQL quotes the offending one in class 22. */
    static String told(SQLException failure) {
        String state = failure.getSQLState();
        boolean quotes = state != null && state.startsWith(DATA_EXCEPTION);
        return quotes ? "SQL state " + state : String.valueOf(failure.getMessage());
    }
}
