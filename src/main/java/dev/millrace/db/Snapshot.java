package dev.millrace.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs a read in a transaction of its own, which sees one state of the database and is rolled back. */
final class Snapshot {
    private Snapshot() {}

    static <R extends @Nullable Object> R read(Session session, TxWork<R> work) throws SQLException {
        session.begin();
        try {
            return work.run(new Tx(session, true, false));
        } catch (DatabaseException e) {
            throw told(e);
        } finally {
            session.rollback();
        }
    }

    private static RuntimeException told(DatabaseException failure) throws SQLException {
        return switch (failure.trouble()) {
            case LOST, STUCK -> throw new SQLException(failure);
            case AGAIN, SLOW -> Outage.contended();
            case REFUSED -> failure;
        };
    }
}
