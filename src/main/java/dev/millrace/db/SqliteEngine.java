package dev.millrace.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * SQLite in one file: write-ahead log, synchronous=FULL, one connection that writes and a few that read. One process at
 * a time uses the file, and a lock file beside it says so.
 */
final class SqliteEngine implements Engine {
    static final String PREFIX = "sqlite:";
    private static final int WRITER_CACHE_KIB = 8_192;
    private static final int READER_CACHE_KIB = 2_048;
    /** The log is folded back every 8 MiB: rarely enough to cost little, often enough to keep it in memory. */
    private static final int CHECKPOINT_PAGES = 2_048;

    private static final int BUSY_MILLIS = 3_000;

    private final String url;
    private final InstantSource clock;
    private final FileClaim claim;
    private final SqliteReaders readers;

    private SqliteEngine(Path file, int readers, InstantSource clock) {
        this.url = "jdbc:sqlite:" + file;
        this.clock = clock;
        this.claim = FileClaim.of(file);
        try {
            makePrivate(file);
            Migrations.run(new MigrationSource(this::connectWriter), SqlDialect.SQLITE);
            this.readers = new SqliteReaders(readers, () -> SqliteSession.reader(connectReader(url), clock));
        } catch (IOException e) {
            claim.close();
            throw new DatabaseOpenException("the database file " + file + " can not be written: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            claim.close();
            throw e;
        }
    }

    static SqliteEngine open(DatabaseSettings settings, InstantSource clock) {
        return new SqliteEngine(file(settings), settings.readers(), clock);
    }

    static Path file(DatabaseSettings settings) {
        return Path.of(settings.url().substring(PREFIX.length())).toAbsolutePath();
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.SQLITE;
    }

    @Override
    public List<Sessions> lanes() {
        return List.of(() -> SqliteSession.writer(connectWriter(), clock));
    }

    @Override
    public Readers readers() {
        return readers;
    }

    /** What was deleted is overwritten in its page already; the log that still has the page as it was is folded back and emptied. */
    @Override
    public boolean forget() {
        try (Connection connection = connectWriter();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
            return result.next() && result.getInt("busy") == 0;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        claim.close();
    }

    private Connection connectWriter() throws SQLException {
        return config(WRITER_CACHE_KIB).createConnection(url);
    }

    static Connection connectReader(String url) throws SQLException {
        Connection connection = config(READER_CACHE_KIB).createConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma query_only = true");
        }
        return connection;
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(false); // or the driver asks for a row id after every insert
        config.setOpenMode(SQLiteOpenMode.NOMUTEX); // a connection is used by one thread at a time
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-cacheKib);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "fast"); // zeroes what is deleted where that costs no write
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        return config;
    }

    /** Makes the file readable by its owner alone; SQLite gives the files beside it the same permissions. */
    private static void makePrivate(Path file) throws IOException {
        Set<PosixFilePermission> owner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, owner);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        }
    }
}
