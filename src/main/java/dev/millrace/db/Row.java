package dev.millrace.db;

import dev.millrace.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a result, read by column name. A null where the method promises a value is an {@link IllegalStateException}. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) {
        return present(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) {
        return get(column, ResultSet::getString);
    }

    public long number(String column) {
        return present(column, numberOrNull(column));
    }

    public @Nullable Long numberOrNull(String column) {
        return get(column, (r, c) -> {
            long value = r.getLong(c);
            return r.wasNull() ? null : value;
        });
    }

    /** What the column holds, as a {@code String}, {@code Integer}, {@code Long} or {@code Boolean}, for whoever takes any of them. */
    public @Nullable Object anyOrNull(String column) {
        return get(column, ResultSet::getObject);
    }

    /** A truth value, stored as 0 or 1. */
    public boolean flag(String column) {
        return number(column) != 0;
    }

    public byte[] bytes(String column) {
        return present(column, bytesOrNull(column));
    }

    public byte @Nullable [] bytesOrNull(String column) {
        return get(column, ResultSet::getBytes);
    }

    /** A moment, stored as microseconds since the epoch. */
    public Instant instant(String column) {
        return Micros.instant(number(column));
    }

    public @Nullable Instant instantOrNull(String column) {
        Long micros = numberOrNull(column);
        return micros == null ? null : Micros.instant(micros);
    }

    public UUID uuid(String column) {
        return UUID.fromString(text(column));
    }

    public Money money(String column) {
        return Money.ofNanos(number(column));
    }

    private <T> @Nullable T get(String column, Getter<T> getter) {
        try {
            return getter.get(result, column);
        } catch (SQLException e) {
            throw new DatabaseException(Trouble.of(e), "column " + column, e);
        }
    }

    private static <T> T present(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("bug: column " + column + " is null");
        }
        return value;
    }

    @FunctionalInterface
    private interface Getter<T> {
        @Nullable
        T get(ResultSet result, String column) throws SQLException;
    }
}
