package dev.millrace.access.sessions;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.id.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code sessions}. */
final class SessionStore {
    private static final String COLUMNS = """
            select id, person, organization, created_at, seen_at, expires_at, address, device from sessions
            """;

    void add(Tx tx, Session session, byte[] hash) {
        tx.update(
                """
                insert into sessions (id, hash, person, organization, created_at, seen_at, expires_at, address, device)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                session.id(),
                hash,
                session.person(),
                session.organization(),
                session.createdAt(),
                session.seenAt(),
                session.expiresAt(),
                session.client().address(),
                session.client().device());
    }

    Optional<Session> find(Tx tx, byte[] hash, Instant seenAfter) {
        return tx.one(
                COLUMNS + " where hash = ? and expires_at > ? and seen_at > ?",
                SessionStore::read,
                hash,
                tx.now(),
                seenAfter);
    }

    List<Session> list(Tx tx, PersonId person, Instant seenAfter) {
        return tx.list(
                COLUMNS + " where person = ? and expires_at > ? and seen_at > ? order by created_at desc, id desc",
                SessionStore::read,
                person,
                tx.now(),
                seenAfter);
    }

    void seen(Tx tx, SessionId id, String address) {
        tx.update("update sessions set seen_at = ?, address = ? where id = ?", tx.now(), address, id);
    }

    boolean choose(Tx tx, SessionId id, @Nullable OrganizationId organization) {
        return tx.won("update sessions set organization = ? where id = ?", organization, id);
    }

    boolean end(Tx tx, PersonId person, SessionId id) {
        return tx.won("delete from sessions where id = ? and person = ?", id, person);
    }

    int endAll(Tx tx, PersonId person, @Nullable SessionId but) {
        return but == null
                ? tx.update("delete from sessions where person = ?", person)
                : tx.update("delete from sessions where person = ? and id <> ?", person, but);
    }

    int prune(Tx tx, int limit) {
        return tx.update("""
                delete from sessions where id in (select id from sessions where expires_at <= ? order by expires_at limit ?)
                """, tx.now(), limit);
    }

    private static Session read(Row row) {
        return new Session(
                new SessionId(row.uuid("id")),
                new PersonId(row.uuid("person")),
                row.textOrNull("organization") == null ? null : new OrganizationId(row.uuid("organization")),
                row.instant("created_at"),
                row.instant("seen_at"),
                row.instant("expires_at"),
                new Client(row.text("address"), row.text("device")));
    }
}
