package dev.millrace.db;

import org.jspecify.annotations.Nullable;

/** Says in one clear line why the database could not be opened, and what to do about it. */
public final class DatabaseOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseOpenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
