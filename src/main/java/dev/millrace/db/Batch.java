package dev.millrace.db;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs units of work in order in one transaction and commits once. A unit that fails is undone alone. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final Session session;
    private final BatchMode mode;

    Batch(Session session, BatchMode mode) {
        this.session = session;
        this.mode = mode;
    }

    /** Carries out the units as far as it gets; the callers are told by whoever reads the outcome. */
    BatchOutcome run(List<Unit<?>> units) {
        try {
            session.begin();
            session.pipeline().clear();
            session.deferred().clear();
            for (Unit<?> unit : units) {
                run(unit);
            }
            session.pipeline().flush();
            session.deferred().flush();
            mustBeJudgedRight();
        } catch (Misjudged e) {
            return undone(BatchOutcome.MISJUDGED);
        } catch (NeighbourFailed e) {
            return undone(BatchOutcome.NEIGHBOUR_FAILED);
        } catch (DatabaseException e) {
            LOG.warn("a batch of {} units did not go through: {}", units.size(), e.getMessage());
            return undone(BatchOutcome.of(e.trouble()));
        } catch (SQLException e) {
            return undone(outcomeOf(e));
        }
        return commit(units);
    }

    /** A statement that was kept back may have been refused for any unit's sake: running stepwise will tell for whose. */
    private BatchOutcome outcomeOf(SQLException e) {
        Trouble trouble = Trouble.of(e);
        if (trouble == Trouble.REFUSED && mode == BatchMode.OPTIMISTIC) {
            return BatchOutcome.MISJUDGED;
        }
        LOG.warn("a batch did not go through: {}", Trouble.told(e));
        return BatchOutcome.of(trouble);
    }

    private void mustBeJudgedRight() {
        if (session.pipeline().misjudged() || session.deferred().misjudged()) {
            throw new Misjudged();
        }
    }

    private void run(Unit<?> unit) throws SQLException {
        if (mode == BatchMode.MARKED) {
            session.mark();
        }
        Tx tx = new Tx(session, false, mode == BatchMode.OPTIMISTIC);
        try {
            unit.run(tx);
        } catch (DatabaseException e) {
            switch (e.trouble()) {
                case LOST, AGAIN, STUCK -> throw e;
                case SLOW -> failed(unit, tx, Outage.contended());
                case REFUSED -> failed(unit, tx, e);
            }
        } catch (Throwable e) {
            failed(unit, tx, e);
        }
    }

    private void failed(Unit<?> unit, Tx tx, Throwable failure) throws SQLException {
        mustBeJudgedRight(); // or it failed for what another unit was told
        if (tx.leavesTrace()) {
            if (mode != BatchMode.MARKED) {
                throw new NeighbourFailed();
            }
            session.undo();
        }
        unit.failed(failure);
    }

    private BatchOutcome commit(List<Unit<?>> units) {
        try {
            session.commit();
            return BatchOutcome.COMMITTED;
        } catch (SQLException e) {
            LOG.warn("the commit of {} units failed: {}", units.size(), Trouble.told(e));
            boolean lost = Trouble.of(e) == Trouble.LOST && units.stream().anyMatch(Unit::changed);
            return lost ? BatchOutcome.UNKNOWN : undone(BatchOutcome.of(Trouble.of(e)));
        }
    }

    private BatchOutcome undone(BatchOutcome outcome) {
        try {
            session.rollback();
            return outcome;
        } catch (SQLException e) {
            return outcome == BatchOutcome.STUCK ? outcome : BatchOutcome.LOST;
        }
    }

    /** Says that units were told of successes that did not come about. */
    private static final class Misjudged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misjudged() {
            super("an expectation did not come true", null, false, false);
        }
    }

    /** Says that one unit failed and took the transaction with it. */
    private static final class NeighbourFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NeighbourFailed() {
            super("a unit of the batch failed", null, false, false);
        }
    }
}
