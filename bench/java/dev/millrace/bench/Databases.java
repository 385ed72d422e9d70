package dev.millrace.bench;

import dev.millrace.db.SqlDialect;
import java.util.List;
import java.util.Locale;

/** On which databases a benchmark is run: all, or the one that {@code -Dmillrace.bench.database} names. */
final class Databases {
    private Databases() {}

    static List<SqlDialect> chosen() {
        String name = System.getProperty("millrace.bench.database");
        return name == null ? List.of(SqlDialect.values()) : List.of(SqlDialect.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
