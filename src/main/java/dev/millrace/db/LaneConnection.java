package dev.millrace.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one lane, opened anew after it broke; while the database is away it is tried at a growing distance. */
final class LaneConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneConnection.class);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LONG_ENOUGH_TO_LEARN = Duration.ofSeconds(8);

    private final Sessions sessions;
    private @Nullable Session session;
    private long pause;
    private long nextTry;

    LaneConnection(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The open session; throws at once while the last attempt to open one is too fresh. */
    Session session() throws SQLException {
        Session open = session;
        if (open != null) {
            return open;
        }
        if (pause > 0 && System.nanoTime() - nextTry < 0) {
            throw new SQLException("the database can not be reached yet");
        }
        return reopen();
    }

    /** Opens a session ahead of the first unit; when that fails the first unit will tell. */
    void warmUp() {
        try {
            session();
        } catch (SQLException e) {
            discard();
        }
    }

    /** Closes a session that broke or may have. */
    void discard() {
        Session broken = session;
        session = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.debug("a broken connection did not close: {}", e.toString());
            }
        }
    }

    /** Learns what became of a transaction, waiting for the database to come back if need be, but not for ever. */
    CommitFate fateOf(@Nullable String transaction) {
        long end = System.nanoTime() + LONG_ENOUGH_TO_LEARN.toNanos();
        while (transaction != null && System.nanoTime() - end < 0) {
            try {
                CommitFate fate = session().fateOf(transaction);
                if (fate != CommitFate.PENDING) {
                    return fate;
                }
            } catch (SQLException away) {
                discard();
            }
            LockSupport.parkNanos(FIRST_PAUSE_NANOS);
        }
        return CommitFate.FORGOTTEN;
    }

    @Override
    public void close() throws SQLException {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    private Session reopen() throws SQLException {
        try {
            Session fresh = sessions.open();
            session = fresh;
            pause = 0;
            return fresh;
        } catch (SQLException e) {
            pause = Math.clamp(pause * 2, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            nextTry = System.nanoTime() + pause;
            LOG.warn("the database can not be reached: {}", Trouble.told(e));
            throw e;
        }
    }
}
