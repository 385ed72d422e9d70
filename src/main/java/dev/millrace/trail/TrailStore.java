package dev.millrace.trail;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of {@code audit_log}, and of {@code audit_particulars} beside them. */
final class TrailStore {
    /** The facts that are words of somebody's, and so may name him. */
    private static final Set<String> PARTICULAR = Set.of("name", "reason", "networks");

    private static final String ADD = """
            insert into audit_log (id, organization, at, actor_kind, actor_id, address, action, subject, facts)
            values (?, ?, ?, ?, ?, '', ?, ?, ?)
            """;
    private static final String ADD_PARTICULARS =
            "insert into audit_particulars (line, organization, actor, address, facts) values (?, ?, ?, ?, ?)";
    private static final String COLUMNS = """
            select l.id as id, l.organization as organization, at, actor_kind, actor_id, coalesce(p.address, '') as address,
                action, subject, l.facts as facts, p.facts as particulars
            from audit_log l left join audit_particulars p on p.line = l.id""";

    /** The line, and beside it what of it can be erased. */
    void add(Tx tx, TrailLine line) {
        Map<String, String> facts = new TreeMap<>(line.facts());
        Map<String, String> particulars = new TreeMap<>(line.facts());
        facts.keySet().removeAll(PARTICULAR);
        particulars.keySet().retainAll(PARTICULAR);
        tx.update(
                ADD,
                line.id(),
                line.actor().organization(),
                line.at(),
                line.actor().kind(),
                line.actor().id(),
                line.action(),
                line.subject(),
                Json.text(facts));
        if (!particulars.isEmpty() || !line.actor().address().isEmpty()) {
            tx.update(
                    ADD_PARTICULARS,
                    line.id(),
                    line.actor().organization(),
                    line.actor().id(),
                    line.actor().address(),
                    Json.text(particulars));
        }
    }

    List<TrailLine> after(Tx tx, TrailFilter filter, Keyset place, int limit) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(" where (at, l.id) < (?, ?)");
        List<@Nullable Object> args = new ArrayList<>(List.of(place.time(), place.id()));
        if (filter.organization() != null) {
            and(sql, args, " and l.organization = ?", filter.organization());
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
        and(sql, args, " order by at desc, l.id desc limit ?", limit);
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
                facts(row.text("facts"), row.textOrNull("particulars")));
    }

    private static Map<String, String> facts(String line, @Nullable String particulars) {
        Map<String, String> facts = new TreeMap<>();
        read(facts, Json.readOwnObject(line));
        if (particulars != null) {
            read(facts, Json.readOwnObject(particulars));
        }
        return facts;
    }

    private static void read(Map<String, String> into, ObjectNode json) {
        json.properties()
                .forEach(fact -> into.put(fact.getKey(), fact.getValue().stringValue()));
    }
}
