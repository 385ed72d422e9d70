package dev.millrace.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements, used by one thread at a time. */
abstract sealed class Session implements AutoCloseable permits SqliteSession, PostgresSession {
    private static final int MOST_STATEMENTS = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private final Pipeline pipeline = new Pipeline(this);
    private final Deferred deferred = new Deferred(this);
    private @Nullable Instant now;

    Session(Connection connection) {
        this.connection = connection;
    }

    abstract SqlDialect dialect();

    abstract Instant readClock() throws SQLException;

    abstract void begin() throws SQLException;

    abstract void commit() throws SQLException;

    abstract void rollback() throws SQLException;

    /** Marks where the next unit begins, and forgets the mark before it. */
    abstract void mark() throws SQLException;

    /** Undoes everything since the mark. */
    abstract void undo() throws SQLException;

    /** The server's number for the transaction that runs or ran last; null where there is none. */
    @Nullable
    String transaction() {
        return null;
    }

    /** What became of the transaction with this number. */
    CommitFate fateOf(String transaction) throws SQLException {
        return CommitFate.FORGOTTEN;
    }

    final Connection connection() {
        return connection;
    }

    /** The database's clock, read when first asked for and then kept until the transaction ends. */
    final Instant now() throws SQLException {
        Instant read = now;
        if (read == null) {
            read = readClock();
            now = read;
        }
        return read;
    }

    final void keepNow(Instant moment) {
        now = moment;
    }

    final void forgetNow() {
        now = null;
    }

    final PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement fresh = connection.prepareStatement(sql);
        statements.put(sql, fresh);
        if (statements.size() > MOST_STATEMENTS) {
            forgetEldest();
        }
        return fresh;
    }

    /** What is kept back to be sent together. */
    final Pipeline pipeline() {
        return pipeline;
    }

    /** What nobody waits for. */
    final Deferred deferred() {
        return deferred;
    }

    final void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    private void forgetEldest() throws SQLException {
        var eldest = statements.entrySet().iterator();
        PreparedStatement dropped = eldest.next().getValue();
        eldest.remove();
        dropped.close();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
