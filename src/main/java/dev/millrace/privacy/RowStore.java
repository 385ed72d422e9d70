package dev.millrace.privacy;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of every table, as the inventory finds them: reads them for an archive, and erases them. */
final class RowStore {
    /** Hands over everything that the archive shows of a table, row by row. */
    void each(Tx tx, Entry entry, Rule rule, Finding finding, Consumer<ObjectNode> reader) {
        Rule.Shown shown = rule.shown();
        List<Column> columns = (shown == null ? entry.columns() : Column.list(shown.columns()))
                .stream().filter(column -> column.kind() != Column.Kind.SECRET).toList();
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String sql = shown == null
                ? "select " + names + " from " + entry.table() + " where " + rule.where() + " order by " + entry.key()
                : shown.select();
        Finding.Bound bound = finding.bind(sql);
        tx.each(
                bound.sql(),
                row -> reader.accept(json(row, columns)),
                bound.args().toArray());
    }

    /** Does to at most so many rows of a table what the inventory says, and says to how many. */
    int erase(Tx tx, Entry entry, Rule rule, Finding finding, int limit) {
        return switch (rule.fate()) {
            case Fate.Kept(String why) -> 0;
            case Fate.Deleted() -> change(tx, "delete from " + entry.table(), entry, rule.where(), finding, limit);
            case Fate.Blanked(String set, String why) ->
                change(
                        tx,
                        "update " + entry.table() + " set " + set,
                        entry,
                        "(" + rule.where() + ") and (" + unlike(set) + ")",
                        finding,
                        limit);
        };
    }

    private static int change(Tx tx, String verb, Entry entry, String where, Finding finding, int limit) {
        Finding.Bound bound = finding.bind(verb + " where (" + entry.key() + ") in (select " + entry.key() + " from "
                        + entry.table() + " where " + where + " limit ?)")
                .with(limit);
        return tx.update(bound.sql(), bound.args().toArray());
    }

    /** The condition under which assignments would change anything. */
    private static String unlike(String set) {
        return Arrays.stream(set.split(",\\s+"))
                .map(one -> one.split("\\s*=\\s*", 2))
                .map(one -> one[1].equals("null") ? one[0] + " is not null" : one[0] + " <> " + one[1])
                .collect(Collectors.joining(" or "));
    }

    private static ObjectNode json(Row row, List<Column> columns) {
        ObjectNode json = Json.object();
        for (Column column : columns) {
            put(json, column.name(), value(row, column));
        }
        return json;
    }

    private static @Nullable Object value(Row row, Column column) {
        return switch (column.kind()) {
            case PLAIN -> row.anyOrNull(column.name());
            case TIME -> {
                Instant at = row.instantOrNull(column.name());
                yield at == null ? null : at.toString();
            }
            case MONEY -> {
                Long nanos = row.numberOrNull(column.name());
                yield nanos == null ? null : Money.ofNanos(nanos).toUsd();
            }
            case SECRET -> throw new IllegalStateException("bug: a secret in an archive");
        };
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        switch (value) {
            case null -> json.putNull(name);
            case Integer number -> json.put(name, number);
            case Long number -> json.put(name, number);
            case Boolean flag -> json.put(name, flag);
            default -> json.put(name, value.toString());
        }
    }
}
