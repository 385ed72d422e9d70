package dev.millrace.trail;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of {@code audit_log}. */
final class TrailStore {
    private static final String ADD = """
            insert into audit_log (id, organization, at, actor_kind, actor_id, address, action, subject, facts)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String COLUMNS =
            "select id, organization, at, actor_kind, actor_id, address, action, subject, facts from audit_log";

    void add(Tx tx, TrailLine line) {
        tx.update(
                ADD,
                line.id(),
                line.actor().organization(),
                line.at(),
                line.actor().kind(),
                line.actor().id(),
                line.actor().address(),
                line.action(),
                line.subject(),
                Json.text(line.facts()));
    }

    List<TrailLine> after(Tx tx, TrailFilter filter, Keyset place, int limit) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(" where (at, id) < (?, ?)");
        List<@Nullable Object> args = new ArrayList<>(List.of(place.time(), place.id()));
        if (filter.organization() != null) {
            and(sql, args, " and organization = ?", filter.organization());
        }
        if (filter.actor() != null) {
            and(sql, args, " and (actor_id = ? or actor_kind = ?)", filter.actor(), filter.actor());
        }
        if (filter.action() != null) {
            // Whole words: "key" finds key.create and not keyring.open. The dot sorts just below the slash.
            and(
                    sql,
                    args,
                    " and (action = ? or (action > ? and action < ?))",
                    filter.action(),
                    filter.action() + ".",
                    filter.action() + "/");
        }
        if (filter.subject() != null) {
            and(sql, args, " and subject = ?", filter.subject());
        }
        if (filter.from() != null) {
            and(sql, args, " and at >= ?", filter.from());
        }
        if (filter.to() != null) {
            and(sql, args, " and at < ?", filter.to());
        }
        and(sql, args, " order by at desc, id desc limit ?", limit);
        return tx.list(sql.toString(), TrailStore::read, args.toArray());
    }

    private static void and(StringBuilder sql, List<@Nullable Object> args, String more, Object... values) {
        sql.append(more);
        args.addAll(List.of(values));
    }

    private static TrailLine read(Row row) {
        String organization = row.textOrNull("organization");
        Actor actor = new Actor(
                Actor.Kind.valueOf(row.text("actor_kind").toUpperCase(Locale.ROOT)),
                row.text("actor_id"),
                organization == null ? null : new OrganizationId(row.uuid("organization")),
                row.text("address"));
        return new TrailLine(
                row.text("id"),
                row.instant("at"),
                actor,
                row.text("action"),
                row.text("subject"),
                facts(Json.readOwnObject(row.text("facts"))));
    }

    private static Map<String, String> facts(ObjectNode json) {
        Map<String, String> facts = new LinkedHashMap<>();
        json.properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().stringValue()));
        return facts;
    }
}
