package dev.millrace.privacy;

import dev.millrace.db.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what belongs to whom, by whatever an operator has in hand: an address, an id, a key or its first letters, an invoice's number. */
public final class Finder {
    private static final int MOST = 100;
    private static final Pattern KEY = Pattern.compile("(?:mr_)?([a-z0-9]{6,32})(?:_.*)?");
    private static final List<String> BY_TEXT = List.of(
            "select 'person' as kind, id, null as organization, id as person, email as note from people where email = ?",
            "select 'person' as kind, id, null as organization, id as person, name as note from people where id = ?",
            "select 'organization' as kind, id, id as organization, null as person, name as note from organizations where id = ?",
            "select 'invitation' as kind, id, organization, used_by as person, email as note from invitations where email = ?",
            "select 'invitation' as kind, id, organization, used_by as person, email as note from invitations where id = ?",
            "select 'member' as kind, id, organization, person, role as note from members where id = ?",
            "select 'session' as kind, id, organization, person, device as note from sessions where id = ?",
            "select 'job' as kind, id, organization, null as person, model || ' ' || state as note from jobs where id = ?",
            "select 'file' as kind, id, organization, null as person, kind || ' ' || state as note from assets where id = ?",
            "select 'charge' as kind, id, organization, null as person, terms || ' ' || state as note from holds where id = ?",
            "select 'invoice' as kind, number as id, organization, null as person, status as note from invoices where number = ?");
    private static final List<String> OF_PERSON = List.of(
            "select 'member' as kind, id, organization, person, role as note from members where person = ? order by created_at",
            "select 'session' as kind, id, organization, person, device as note from sessions where person = ? order by created_at",
            """
            select 'key' as kind, id, organization, (select m.person from members m where m.id = api_keys.member) as person,
                name || ' ' || state as note from api_keys
            where member in (select m.id from members m where m.person = ?) order by created_at""");
    private static final List<String> OF_ORGANIZATION = List.of("""
            select 'member' as kind, m.id as id, organization, person, role || ' ' || email as note from members m
            join people p on p.id = m.person where organization = ? order by m.created_at""", """
            select 'key' as kind, id, organization, null as person, name || ' ' || state as note from api_keys
            where organization = ? order by created_at""");
    private static final String KEYS = """
            select 'key' as kind, id, organization, (select m.person from members m where m.id = api_keys.member) as person,
                name || ' ' || state as note from api_keys where id like ? order by id limit 100""";

    /** At most 100 things, what was named first and then what hangs on it; empty when nothing fits. */
    public List<Found> find(Tx tx, String text) {
        String wanted = text.strip();
        List<Found> found = new ArrayList<>();
        for (String sql : BY_TEXT) {
            String by = sql.contains("where email") ? wanted.toLowerCase(Locale.ROOT) : wanted;
            found.addAll(list(tx, sql, by));
        }
        if (wanted.contains(":")) {
            found.addAll(find(tx, wanted.substring(wanted.indexOf(':') + 1)));
        }
        Matcher key = KEY.matcher(wanted);
        if (key.matches()) {
            String prefix = key.group(1);
            found.addAll(list(tx, KEYS, prefix + "%"));
        }
        for (Found one : List.copyOf(found)) {
            if (one.kind().equals("person")) {
                OF_PERSON.forEach(sql -> found.addAll(list(tx, sql, one.id())));
            } else if (one.kind().equals("organization")) {
                OF_ORGANIZATION.forEach(sql -> found.addAll(list(tx, sql, one.id())));
            }
        }
        return found.stream().distinct().limit(MOST).toList();
    }

    private static List<Found> list(Tx tx, String sql, String... args) {
        return tx.list(
                sql,
                row -> new Found(
                        row.text("kind"),
                        row.text("id"),
                        row.textOrNull("organization"),
                        row.textOrNull("person"),
                        row.textOrNull("note")),
                (Object[]) args);
    }
}
