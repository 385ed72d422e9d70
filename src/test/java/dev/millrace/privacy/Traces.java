package dev.millrace.privacy;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.testkit.Canary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks through every column of every row of a database for what must not be there. */
final class Traces {
    private Traces() {}

    /**
     * Where canaries are, as table, column and name.
     *
     * @param spared {@code table.column} where they may be
     */
    static List<String> in(Database database, Map<String, Canary> canaries, String... spared) {
        return database.read(tx -> {
            List<String> found = new ArrayList<>();
            for (Entry entry : Inventory.ALL) {
                for (Column column : entry.columns()) {
                    String place = entry.table() + "." + column.name();
                    if (!List.of(spared).contains(place)) {
                        look(tx, entry.table(), column.name(), canaries, found);
                    }
                }
            }
            return found;
        });
    }

    private static void look(Tx tx, String table, String column, Map<String, Canary> canaries, List<String> found) {
        String cast = tx.dialect() == SqlDialect.SQLITE
                ? "cast(" + column + " as blob)"
                : "convert_to(cast(" + column + " as text), 'UTF8')";
        tx.each("select " + cast + " as v from " + table, row -> {
            byte[] value = row.bytesOrNull("v");
            canaries.forEach((name, canary) -> {
                if (value != null && !canary.in(value).isEmpty()) {
                    found.add(table + "." + column + ": " + name);
                }
            });
        });
    }
}
