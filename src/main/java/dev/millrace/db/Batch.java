package dev.millrace.db;

import java.sql.SQLException;
import java.util.List;

/** Runs units of work in order in one transaction and commits once. A unit that fails is undone alone. */
final class Batch {
    private final Session session;
    private final boolean marks;

    /** @param marks whether every unit is preceded by a savepoint, so that one can be undone without running all again */
    Batch(Session session, boolean marks) {
        this.session = session;
        this.marks = marks;
    }

    /**
     * Runs the units up to, and not including, the commit.
     *
     * @throws NeighbourFailed when a unit failed that can not be undone alone: run the batch again with marks
     * @throws DatabaseException when the database failed, not a unit
     */
    void run(List<Unit<?>> units) throws SQLException {
        session.begin();
        for (Unit<?> unit : units) {
            run(unit);
        }
    }

    private void run(Unit<?> unit) throws SQLException {
        if (marks) {
            session.mark();
        }
        Tx tx = new Tx(session, false);
        try {
            unit.run(tx);
        } catch (DatabaseException e) {
            if (e.trouble() != Trouble.REFUSED && e.trouble() != Trouble.SLOW) {
                throw e;
            }
            undo(tx);
            unit.failed(e.trouble() == Trouble.SLOW ? Outage.contended() : e);
        } catch (Throwable e) {
            undo(tx);
            unit.failed(e);
        }
    }

    private void undo(Tx tx) throws SQLException {
        if (!tx.leavesTrace()) {
            return;
        }
        if (!marks) {
            throw new NeighbourFailed();
        }
        session.undo();
    }

    /** Says that one unit failed and took the transaction with it. */
    static final class NeighbourFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NeighbourFailed() {
            super("a unit of the batch failed", null, false, false);
        }
    }
}
