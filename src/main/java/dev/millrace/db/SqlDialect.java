package dev.millrace.db;

import java.util.Locale;

/** Which database speaks: the one seam between SQLite and PostgreSQL. SQL that is not built here is the same for both. */
public enum SqlDialect {
    SQLITE,
    POSTGRESQL;

    /** Ends a select that picks rows to claim, so that nodes pick past each other's rows; SQLite has one writer anyway. */
    public String skipLocked() {
        return switch (this) {
            case SQLITE -> "";
            case POSTGRESQL -> " for update skip locked";
        };
    }

    /** Ends a select of a row that this transaction is about to change, so that no other changes it meanwhile; SQLite has one writer anyway. */
    public String forUpdate() {
        return switch (this) {
            case SQLITE -> "";
            case POSTGRESQL -> " for update";
        };
    }

    /** Whether one statement may change several tables ({@code with x as (update … returning …) insert …}). */
    public boolean modifiesInCte() {
        return this == POSTGRESQL;
    }

    /** Ends the definition of a table whose rows are found by their key: SQLite then writes one tree for row and key, not two. */
    String clustered() {
        return switch (this) {
            case SQLITE -> "without rowid";
            case POSTGRESQL -> "";
        };
    }

    /** Ends the name of the folder of migrations that this database alone takes. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
