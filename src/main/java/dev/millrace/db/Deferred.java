package dev.millrace.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes of the units of one batch that nobody has to wait for, kept back so that all that share a statement cost one round trip.
 * They are sent before any statement that names one of their tables, and before the commit.
 */
final class Deferred {
    private final Session session;
    private final Map<Write, List<@Nullable Object[]>> writes = new LinkedHashMap<>();
    private boolean misjudged;

    /** @param sure whether each run changes exactly one row, or else what was built on it must be undone */
    private record Write(String sql, boolean sure) {}

    Deferred(Session session) {
        this.session = session;
    }

    void add(String sql, boolean sure, @Nullable Object... args) throws SQLException {
        Write write = new Write(sql, sure);
        List<@Nullable Object[]> same = writes.get(write);
        if (same == null) {
            flushBefore(sql);
            same = new ArrayList<>();
            writes.put(write, same);
        }
        same.add(args);
    }

    /** Sends everything when the statement names a table that is to be written. */
    void flushBefore(String sql) throws SQLException {
        if (writes.keySet().stream().anyMatch(write -> Tables.shared(write.sql, sql))) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (writes.isEmpty()) {
            return;
        }
        Map<Write, List<@Nullable Object[]>> all = new LinkedHashMap<>(writes);
        writes.clear();
        boolean before = misjudged;
        misjudged = true; // also when one is refused
        boolean wrong = false;
        for (Map.Entry<Write, List<@Nullable Object[]>> one : all.entrySet()) {
            wrong |= !sent(one.getKey(), one.getValue());
        }
        misjudged = before || wrong;
    }

    /** Whether all came out as expected. */
    private boolean sent(Write write, List<@Nullable Object[]> rows) throws SQLException {
        PreparedStatement statement = session.prepared(write.sql);
        for (@Nullable Object[] row : rows) {
            Arguments.bind(statement, row);
            statement.addBatch();
        }
        boolean right = true;
        for (int count : statement.executeBatch()) {
            right &= !write.sure || count == 1;
        }
        return right;
    }

    /** Whether something did not come out as expected, so that what was built on it must be undone. */
    boolean misjudged() {
        return misjudged;
    }

    /** Forgets everything, for a transaction that begins. */
    void clear() {
        writes.clear();
        misjudged = false;
    }
}
