package dev.millrace.access.oidc;

import dev.millrace.db.Tx;
import dev.millrace.id.PersonId;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code oidc_states} and {@code identities}. */
final class OidcStore {
    void add(Tx tx, byte[] hash, byte[] sealed, Instant end) {
        tx.update("insert into oidc_states (hash, sealed, expires_at) values (?, ?, ?)", hash, sealed, end);
    }

    Optional<byte[]> find(Tx tx, byte[] hash) {
        return tx.one(
                "select sealed from oidc_states where hash = ? and expires_at > ?",
                row -> row.bytes("sealed"),
                hash,
                tx.now());
    }

    boolean use(Tx tx, byte[] hash) {
        return tx.won("delete from oidc_states where hash = ? and expires_at > ?", hash, tx.now());
    }

    int prune(Tx tx, int limit) {
        return tx.update("""
                delete from oidc_states where hash in (
                    select hash from oidc_states where expires_at <= ? order by expires_at limit ?)
                """, tx.now(), limit);
    }

    /** Who that is; one who was erased is nobody. */
    Optional<PersonId> person(Tx tx, String issuer, String subject) {
        return tx.one(
                "select i.person from identities i join people p on p.id = i.person"
                        + " where i.issuer = ? and i.subject = ? and p.email is not null",
                row -> new PersonId(row.uuid("person")),
                issuer,
                subject);
    }

    /** One who was erased makes room for whoever comes with his identity now. */
    void link(Tx tx, String issuer, String subject, PersonId person) {
        tx.update("""
                insert into identities (issuer, subject, person, created_at) values (?, ?, ?, ?)
                on conflict (issuer, subject) do update set person = excluded.person, created_at = excluded.created_at
                """, issuer, subject, person, tx.now());
    }
}
