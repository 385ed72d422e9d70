package dev.millrace.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that neighbouring units send through the same statement, kept back so that many of them cost one round trip and
 * one run of the statement. They are sent before any other statement that names one of their tables, and before the commit.
 */
final class Pipeline {
    private final Session session;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private String sql = "";
    private boolean misjudged;

    Pipeline(Session session) {
        this.session = session;
    }

    /** Sends what is kept back when the statement names one of its tables. */
    void flushBefore(String other) throws SQLException {
        if (!rows.isEmpty() && Tables.shared(sql, other)) {
            flush();
        }
    }

    void add(String next, @Nullable Object... row) throws SQLException {
        if (!next.equals(sql)) {
            flush();
            sql = next;
        }
        rows.add(row);
    }

    /** Sends what is kept back; that a row did not come out as expected is remembered. */
    void flush() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        int expected = rows.size();
        PreparedStatement statement = session.prepared(sql);
        Arguments.bindColumns(statement, rows);
        rows.clear();
        boolean before = misjudged;
        misjudged = true; // also when the statement is refused
        misjudged = before || statement.executeUpdate() != expected;
    }

    /** Whether something did not come out as expected, so that what was built on it must be undone. */
    boolean misjudged() {
        return misjudged;
    }

    /** Forgets everything, for a transaction that begins. */
    void clear() {
        rows.clear();
        misjudged = false;
    }
}
