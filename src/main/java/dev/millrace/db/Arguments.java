package dev.millrace.db;

import dev.millrace.id.Id;
import dev.millrace.money.Money;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
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
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Instant instant -> statement.setLong(index, Micros.of(instant));
            case UUID uuid -> statement.setString(index, uuid.toString());
            case Id id -> statement.setString(index, id.text());
            case Money money -> statement.setLong(index, money.nanos());
            case Enum<?> name -> statement.setString(index, name.name().toLowerCase(Locale.ROOT));
            default ->
                throw new IllegalArgumentException(
                        "bug: no column type for a " + arg.getClass().getName());
        }
    }
}
