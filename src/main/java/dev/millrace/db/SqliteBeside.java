package dev.millrace.db;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A SQLite file that another process has: read, as the write-ahead log permits, and never written. */
final class SqliteBeside implements Engine {
    private final SqliteReaders readers;

    private SqliteBeside(SqliteReaders readers) {
        this.readers = readers;
    }

    static SqliteBeside open(DatabaseSettings settings, InstantSource clock) {
        Path file = SqliteEngine.file(settings);
        return new SqliteBeside(new SqliteReaders(
                settings.readers(),
                () -> SqliteSession.reader(SqliteEngine.connectReader("jdbc:sqlite:" + file), clock)));
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.SQLITE;
    }

    @Override
    public List<Sessions> lanes() {
        return List.of();
    }

    @Override
    public Readers readers() {
        return readers;
    }

    @Override
    public boolean forget() {
        throw new IllegalStateException("bug: the database was opened for reading alone");
    }

    @Override
    public void close() {
        // every connection is a reader's
    }
}
