package dev.millrace.db;

import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a batch to an end that its callers can be told truthfully, whatever the database does: runs it again where that
 * is safe, a bounded number of times, and otherwise says that nothing was done or that the outcome is not known.
 */
final class BatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final int FEW = 4;
    private static final int RERUNS = 3;
    private static final int RECONNECTS = 1;
    private static final long PAUSE_NANOS = 5_000_000;

    private final LaneConnection connection;
    private final WriterMetrics metrics;
    private final RandomGenerator random;

    BatchRunner(LaneConnection connection, WriterMetrics metrics, RandomGenerator random) {
        this.connection = connection;
        this.metrics = metrics;
        this.random = random;
    }

    /** Ends with every unit completed, one way or another. */
    void carryOut(List<Unit<?>> units) {
        if (units.isEmpty()) {
            return;
        }
        Timer.Sample begun = metrics.begin();
        try {
            RuntimeException failure = attempt(units);
            if (failure == null) {
                metrics.committed(begun, units.size());
                complete(units);
            } else {
                units.forEach(unit -> unit.abandon(failure));
            }
        } catch (Contended e) {
            units.forEach(unit -> carryOutAlone(unit));
        } catch (RuntimeException | Error e) {
            LOG.error("bug: a batch of {} units broke its lane", units.size(), e);
            connection.discard();
            units.forEach(unit -> unit.abandon(e));
        }
    }

    /**
     * Many callers are woken by a virtual thread, which does that several times faster than a platform thread, and while the
     * lane is at its next batch; a few are woken here, which is sooner.
     */
    private static void complete(List<Unit<?>> units) {
        units.forEach(Unit::signal);
        if (units.size() <= FEW) {
            units.forEach(Unit::complete);
        } else {
            List<Unit<?>> done = List.copyOf(units);
            Thread.startVirtualThread(() -> done.forEach(Unit::complete));
        }
    }

    /** Others may hold locks on what the whole batch touches, but not on what each of its units does. */
    private void carryOutAlone(Unit<?> unit) {
        try {
            RuntimeException failure = attempt(List.of(unit));
            if (failure == null) {
                complete(List.of(unit));
            } else {
                unit.abandon(failure);
            }
        } catch (Contended e) {
            unit.abandon(Outage.contended());
        }
    }

    /** Null when the batch is durable, or what to tell its callers. */
    private @Nullable RuntimeException attempt(List<Unit<?>> units) {
        BatchMode mode = null;
        int reruns = 0;
        int reconnects = 0;
        while (true) {
            Session session;
            try {
                session = connection.session();
            } catch (SQLException e) {
                return Outage.unreachable();
            }
            mode = mode == null ? BatchMode.first(session.dialect()) : mode;
            BatchOutcome outcome = settled(session, new Batch(session, mode).run(units));
            if (outcome != BatchOutcome.COMMITTED) {
                metrics.troubled(outcome);
            }
            switch (outcome) {
                case COMMITTED -> {
                    return null;
                }
                case MISJUDGED -> mode = BatchMode.STEPWISE;
                case NEIGHBOUR_FAILED -> mode = BatchMode.MARKED;
                case AGAIN -> pauseBefore(++reruns);
                case LOST -> {
                    connection.discard();
                    if (++reconnects > RECONNECTS) {
                        return Outage.unreachable();
                    }
                }
                case STUCK -> {
                    connection.discard();
                    return Outage.stuck();
                }
                case UNKNOWN -> {
                    return new CommitUnknownException();
                }
            }
        }
    }

    /** Replaces an unknown outcome by the true one where the database can tell. */
    private BatchOutcome settled(Session session, BatchOutcome outcome) {
        if (outcome != BatchOutcome.UNKNOWN) {
            return outcome;
        }
        String transaction = session.transaction();
        connection.discard();
        metrics.troubled(outcome);
        CommitFate fate = connection.fateOf(transaction);
        LOG.warn("a COMMIT was not answered; its transaction is {}", fate);
        return switch (fate) {
            case COMMITTED -> BatchOutcome.COMMITTED;
            case ABORTED -> BatchOutcome.LOST;
            case PENDING, FORGOTTEN -> BatchOutcome.UNKNOWN;
        };
    }

    /** Lanes that met once would meet again, if they all came back at the same moment. */
    private void pauseBefore(int rerun) {
        if (rerun > RERUNS) {
            throw new Contended();
        }
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
    }

    /** Says that other transactions stood in the way of every attempt. */
    private static final class Contended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Contended() {
            super("other transactions stood in the way", null, false, false);
        }
    }
}
