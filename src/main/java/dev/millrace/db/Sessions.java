package dev.millrace.db;

import java.sql.SQLException;

/** Opens sessions of one kind. */
@FunctionalInterface
interface Sessions {
    Session open() throws SQLException;
}
