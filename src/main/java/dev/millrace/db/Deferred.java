package dev.millrace.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes of the units of one batch that nobody has to wait for, kept back so that all that share a statement cost one round trip.
 * They are sent before any statement that names one of their tables, and before the commit. Among each other they keep their
 * order where it may matter: where they name the same table, unless they are known to be about different things.
 */
final class Deferred {
    private final Session session;
    private final List<Group> groups = new ArrayList<>();
    private boolean misjudged;

    /** Rows of one statement; groups are sent in their order. */
    private static final class Group {
        private final String sql;
        /** Whether each run changes exactly one row, or else what was built on it must be undone. */
        private final boolean sure;

        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private final Set<Object> subjects = new HashSet<>();
        private boolean aboutAnything;

        Group(String sql, boolean sure) {
            this.sql = sql;
            this.sure = sure;
        }

        boolean takes(String other, boolean asSure) {
            return sure == asSure && sql.equals(other);
        }

        /** Whether a write of the other statement about the subject may not go out before these. */
        boolean stops(String other, @Nullable Object subject) {
            return Tables.shared(sql, other) && (subject == null || aboutAnything || subjects.contains(subject));
        }

        void add(@Nullable Object subject, @Nullable Object[] row) {
            rows.add(row);
            if (subject == null) {
                aboutAnything = true;
            } else {
                subjects.add(subject);
            }
        }
    }

    Deferred(Session session) {
        this.session = session;
    }

    /** @param subject what the write is about, and nothing else; null when that is not known */
    void add(String sql, boolean sure, @Nullable Object subject, @Nullable Object... args) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            Group group = groups.get(i);
            if (group.takes(sql, sure)) {
                group.add(subject, args);
                return;
            }
            if (group.stops(sql, subject)) {
                break;
            }
        }
        Group fresh = new Group(sql, sure);
        fresh.add(subject, args);
        groups.add(fresh);
    }

    /** Sends everything when the statement names a table that is to be written. */
    void flushBefore(String sql) throws SQLException {
        for (Group group : groups) {
            if (Tables.shared(group.sql, sql)) {
                flush();
                return;
            }
        }
    }

    void flush() throws SQLException {
        if (groups.isEmpty()) {
            return;
        }
        List<Group> all = List.copyOf(groups);
        groups.clear();
        boolean before = misjudged;
        misjudged = true; // also when one is refused
        boolean wrong = false;
        for (Group group : all) {
            wrong |= !sent(group);
        }
        misjudged = before || wrong;
    }

    /** Whether all came out as expected. */
    private boolean sent(Group group) throws SQLException {
        PreparedStatement statement = session.prepared(group.sql);
        for (@Nullable Object[] row : group.rows) {
            Arguments.bind(statement, row);
            statement.addBatch();
        }
        boolean right = true;
        for (int count : statement.executeBatch()) {
            right &= !group.sure || count == 1;
        }
        return right;
    }

    /** Whether something did not come out as expected, so that what was built on it must be undone. */
    boolean misjudged() {
        return misjudged;
    }

    /** Forgets everything, for a transaction that begins. */
    void clear() {
        groups.clear();
        misjudged = false;
    }
}
