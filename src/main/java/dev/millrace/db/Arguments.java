package dev.millrace.db;

import dev.millrace.id.Id;
import dev.millrace.money.Money;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds what the domain speaks of to what both databases store. */
final class Arguments {
    private Arguments() {}

    static void bind(PreparedStatement statement, @Nullable Object... args) throws SQLException {
        for (int i = 0; i < args.length; i++) {
            bind(statement, i + 1, args[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object arg) throws SQLException {
        switch (arg) {
            case null -> statement.setNull(index, Types.NULL);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> {
                if (stored(arg) instanceof Long number) {
                    statement.setLong(index, number);
                } else {
                    statement.setString(index, (String) stored(arg));
                }
            }
        }
    }

    /** Binds one array for each argument: the rows' first arguments, their second ones, and so on. */
    static void bindColumns(PreparedStatement statement, List<@Nullable Object[]> rows) throws SQLException {
        int columns = rows.getFirst().length;
        for (int column = 0; column < columns; column++) {
            int at = column;
            Object[] values = rows.stream().map(row -> stored(row[at])).toArray();
            statement.setObject(column + 1, column(values));
        }
    }

    private static Object column(Object[] values) {
        if (values[0] instanceof String) {
            String[] texts = new String[values.length];
            System.arraycopy(values, 0, texts, 0, values.length);
            return texts;
        }
        long[] numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (Long) values[i];
        }
        return numbers;
    }

    /** The text or number that stands for the value at rest. */
    private static Object stored(@Nullable Object arg) {
        return switch (arg) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> (long) number;
            case Boolean flag -> flag ? 1L : 0L;
            case Instant instant -> Micros.of(instant);
            case UUID uuid -> uuid.toString();
            case Id id -> id.text();
            case Money money -> money.nanos();
            case Enum<?> name -> name.name().toLowerCase(Locale.ROOT);
            case null -> throw new IllegalArgumentException("bug: a null among columns");
            default ->
                throw new IllegalArgumentException(
                        "bug: no column type for a " + arg.getClass().getName());
        };
    }
}
