package dev.millrace.db;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in one clear line why the database could not be opened, and what to do about it. */
public final class DatabaseOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean inUse;

    DatabaseOpenException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.inUse = false;
    }

    private DatabaseOpenException(String message) {
        super(message);
        this.inUse = true;
    }

    static DatabaseOpenException inUse(Path file) {
        return new DatabaseOpenException(
                "the database file " + file + " is in use by another Millrace process; stop that one first");
    }

    /** Whether another process has it, so that it can be read {@link Database#beside beside} that one. */
    public boolean inUse() {
        return inUse;
    }
}
