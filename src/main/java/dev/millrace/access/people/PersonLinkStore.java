package dev.millrace.access.people;

import dev.millrace.db.Tx;
import dev.millrace.id.PersonId;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code person_links}. */
final class PersonLinkStore {
    void add(Tx tx, byte[] hash, PersonId person, String kind, Email email, Instant expiresAt) {
        tx.update(
                "insert into person_links (hash, person, kind, email, created_at, expires_at) values (?, ?, ?, ?, ?, ?)",
                hash,
                person,
                kind,
                email.text(),
                tx.now(),
                expiresAt);
    }

    Optional<PersonId> find(Tx tx, byte[] hash, String kind) {
        return tx.one(
                "select person from person_links where hash = ? and kind = ? and expires_at > ?",
                row -> new PersonId(row.uuid("person")),
                hash,
                kind,
                tx.now());
    }

    /** The address that the link went to, while it works. */
    Optional<Email> address(Tx tx, byte[] hash, String kind) {
        return tx.one(
                "select email from person_links where hash = ? and kind = ? and expires_at > ?",
                row -> new Email(row.text("email")),
                hash,
                kind,
                tx.now());
    }

    /** Notes that the link goes to the address by mail, and is shown to nobody. */
    boolean mailed(Tx tx, byte[] hash) {
        return tx.won("update person_links set mailed_at = ? where hash = ?", tx.now(), hash);
    }

    boolean wasMailed(Tx tx, byte[] hash) {
        return tx.one(
                        "select kind from person_links where hash = ? and mailed_at is not null",
                        row -> row.text("kind"),
                        hash)
                .isPresent();
    }

    /** Whether there is such a link whose time is over. */
    boolean expired(Tx tx, byte[] hash, String kind) {
        return tx.one(
                        "select kind from person_links where hash = ? and kind = ? and expires_at <= ?",
                        row -> row.text("kind"),
                        hash,
                        kind,
                        tx.now())
                .isPresent();
    }

    boolean remove(Tx tx, byte[] hash, String kind) {
        return tx.won("delete from person_links where hash = ? and kind = ? and expires_at > ?", hash, kind, tx.now());
    }

    void removeAll(Tx tx, PersonId person, String kind) {
        tx.update("delete from person_links where person = ? and kind = ?", person, kind);
    }

    int prune(Tx tx, int limit) {
        return tx.update("""
                delete from person_links where hash in (
                    select hash from person_links where expires_at <= ? order by expires_at limit ?)
                """, tx.now(), limit);
    }
}
