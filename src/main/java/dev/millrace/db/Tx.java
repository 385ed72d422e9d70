package dev.millrace.db;

import dev.millrace.id.Id;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * One unit of work inside a transaction: the only way to read and write the database.
 *
 * <p>Arguments may be {@code String}, {@code Long}, {@code Integer}, {@code Boolean} (stored as 0 or 1), {@code byte[]},
 * {@code Instant} (microseconds), {@code UUID} and any {@code Id} (text), {@code Money} (nanos), an enum (its name in
 * lower case), or null. Valid during {@link TxWork#run} alone, on its thread.
 */
public final class Tx {
    /** How many rows of a long result are on their way at once. */
    private static final int FETCHED = 500;

    private final Session session;
    private final boolean readOnly;
    private final boolean optimistic;
    private final List<Runnable> signals = new ArrayList<>(0);
    private boolean changed;
    private @Nullable DatabaseException failure;
    private @Nullable Object subject;

    Tx(Session session, boolean readOnly, boolean optimistic) {
        this.session = session;
        this.readOnly = readOnly;
        this.optimistic = optimistic;
    }

    /** Runs an insert, update or delete, and says how many rows it touched. */
    public int update(String sql, @Nullable Object... args) {
        mayWrite();
        try {
            PreparedStatement statement = prepared(sql);
            Arguments.bind(statement, args);
            int count = statement.executeUpdate();
            changed |= count > 0;
            return count;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs a conditional update of one row: true when it is ours, false when the race is lost; more rows are a bug. */
    public boolean won(String sql, @Nullable Object... args) {
        int count = update(sql, args);
        if (count > 1) {
            throw new IllegalStateException("bug: " + count + " rows, where at most one may change, in: " + sql);
        }
        return count == 1;
    }

    /**
     * Like {@link #won}, on PostgreSQL, for a statement that takes an array for each argument, as
     * {@code unnest(?::text[], ?::bigint[])}, and changes as many rows as the arrays are long when all goes well, and fewer
     * when not. Neighbouring units that send it are answered true at first, and their rows go out together in one
     * run of the statement. Where not all of it comes true, all is undone and the units run again one by one, answered as it
     * is. So use it for what is nearly always true, such as a hold. No argument may be null.
     */
    public boolean wonTogether(String sql, Object... args) {
        mayWrite();
        try {
            if (optimistic) {
                session.deferred().flushBefore(sql);
                session.pipeline().add(sql, args);
                changed = true;
                return true;
            }
            PreparedStatement statement = session.prepared(sql);
            Arguments.bindColumns(statement, List.<@Nullable Object[]>of(args));
            int count = statement.executeUpdate();
            changed |= count > 0;
            return count == 1;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * Runs a write whose outcome nobody here has to know. On PostgreSQL it may go out later in the batch, together with others of the same
     * text, but before any statement that names one of its tables.
     */
    public void later(String sql, @Nullable Object... args) {
        deferred(sql, false, args);
    }

    /**
     * Like {@link #won}, for what is nearly always true, as that a lease still stands. On PostgreSQL it may go out {@link #later}, and is
     * answered true at first; where that does not come true, all is undone and the units run again one by one, answered as it is.
     */
    public boolean wonLater(String sql, @Nullable Object... args) {
        return deferred(sql, true, args);
    }

    /**
     * Says that all that this unit writes {@link #later} is about one thing, such as a job, and that no neighbour about another thing
     * touches the same rows: then theirs and its own may be sent together in another order. Units that do not say it keep theirs.
     */
    public void about(Id thing) {
        subject = thing;
    }

    private boolean deferred(String sql, boolean sure, @Nullable Object... args) {
        if (!optimistic) {
            return sure ? won(sql, args) : update(sql, args) > 0;
        }
        mayWrite();
        try {
            session.pipeline().flushBefore(sql);
            session.deferred().add(sql, sure, subject, args);
            changed = true;
            return true;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The one row that the query finds, or empty; more rows are a bug. Also for statements that end in {@code returning}. */
    public <R> Optional<R> one(String sql, RowReader<R> reader, @Nullable Object... args) {
        List<R> rows = list(sql, reader, args);
        if (rows.size() > 1) {
            throw new IllegalStateException("bug: more than one row from: " + sql);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** Every row that the query finds, in its order. Also for statements that end in {@code returning}. */
    public <R> List<R> list(String sql, RowReader<R> reader, @Nullable Object... args) {
        if (!sql.startsWith("select")) {
            mayWrite();
            changed = true;
        }
        try {
            PreparedStatement statement = prepared(sql);
            Arguments.bind(statement, args);
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                List<R> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Hands every row that the query finds to the reader, in its order, and keeps none: for what need not fit in memory. */
    public void each(String sql, Consumer<Row> reader, @Nullable Object... args) {
        try {
            PreparedStatement statement = prepared(sql);
            statement.setFetchSize(FETCHED);
            Arguments.bind(statement, args);
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                while (result.next()) {
                    reader.accept(row);
                }
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The number in the first column of the one row that the query finds, as of {@code select count(*)}; null counts as 0. */
    public long count(String sql, @Nullable Object... args) {
        try {
            PreparedStatement statement = prepared(sql);
            Arguments.bind(statement, args);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * The moment by the DATABASE's clock, read once per batch, with microseconds: what leases and expiries are measured
     * by. SQLite has no server and so no clock of its own: there it is the one that the database was opened with.
     */
    public Instant now() {
        try {
            return session.now();
        } catch (SQLException e) {
            throw failed("now", e);
        }
    }

    public SqlDialect dialect() {
        return session.dialect();
    }

    /** Runs the signal once this unit is durable, before its caller goes on; dropped when the unit fails. Short, never blocking. */
    public void afterCommit(Runnable signal) {
        mayWrite();
        signals.add(signal);
    }

    List<Runnable> signals() {
        return signals;
    }

    /** Whether this unit may have changed a row. */
    boolean changed() {
        return changed;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        if (optimistic) {
            session.pipeline().flushBefore(sql);
            session.deferred().flushBefore(sql);
        }
        return session.prepared(sql);
    }

    private void mayWrite() {
        if (readOnly) {
            throw new IllegalStateException("bug: a write inside Database.read");
        }
    }

    /** Refuses to go on when a statement failed and the work swallowed it: PostgreSQL has given the transaction up. */
    void mustBeSound() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether something has to be undone when the work fails. */
    boolean leavesTrace() {
        return changed || failure != null;
    }

    private DatabaseException failed(String sql, SQLException cause) {
        DatabaseException exception = new DatabaseException(troubleOf(cause), sql, cause);
        failure = exception;
        return exception;
    }

    /** SQLite's driver reports its own misuse without a code; it is no lost connection, for there is none to lose. */
    private Trouble troubleOf(SQLException cause) {
        boolean misuse = session.dialect() == SqlDialect.SQLITE && !(cause instanceof SQLiteException);
        return misuse ? Trouble.REFUSED : Trouble.of(cause);
    }
}
