package dev.millrace.access.people;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.PersonId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code people}. Who was erased is found no more. */
final class PersonStore {
    private static final String COLUMNS = """
            select id, email, name, password_hash, email_verified_at, totp_since, created_at, awaited_since from people
            """;

    boolean add(Tx tx, PersonId id, Email email, String name, @Nullable String passwordHash, boolean verified) {
        return tx.update("""
                        insert into people (id, email, name, password_hash, password_changed_at, email_verified_at, created_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """, id, email.text(), name, passwordHash, tx.now(), verified ? tx.now() : null, tx.now())
                == 1;
    }

    Optional<Person> find(Tx tx, PersonId id) {
        return tx.one(COLUMNS + " where id = ? and email is not null", PersonStore::read, id);
    }

    Optional<Person> find(Tx tx, Email email) {
        return tx.one(COLUMNS + " where email = ?", PersonStore::read, email.text());
    }

    List<Person> list(Tx tx, int limit) {
        return tx.list(
                COLUMNS + " where email is not null order by created_at desc, id desc limit ?",
                PersonStore::read,
                limit);
    }

    Optional<String> passwordHash(Tx tx, PersonId id) {
        return tx.one(
                        "select password_hash from people where id = ? and email is not null",
                        row -> Optional.ofNullable(row.textOrNull("password_hash")),
                        id)
                .flatMap(hash -> hash);
    }

    boolean rename(Tx tx, PersonId id, String name) {
        return tx.won("update people set name = ? where id = ? and email is not null", name, id);
    }

    boolean setPassword(Tx tx, PersonId id, String hash) {
        return tx.won(
                "update people set password_hash = ?, password_changed_at = ? where id = ? and email is not null",
                hash,
                tx.now(),
                id);
    }

    boolean rehash(Tx tx, PersonId id, String before, String hash) {
        return tx.won("update people set password_hash = ? where id = ? and password_hash = ?", hash, id, before);
    }

    boolean verify(Tx tx, PersonId id, Email email) {
        return tx.won(
                "update people set email_verified_at = ?, awaited_since = null where id = ? and email = ?",
                tx.now(),
                id,
                email.text());
    }

    boolean await(Tx tx, PersonId id) {
        return tx.won(
                "update people set awaited_since = ? where id = ? and email_verified_at is null and awaited_since is null",
                tx.now(),
                id);
    }

    boolean disarm(Tx tx, PersonId id) {
        return tx.won("update people set password_hash = null where id = ? and awaited_since is not null", id);
    }

    private static Person read(Row row) {
        return new Person(
                new PersonId(row.uuid("id")),
                new Email(row.text("email")),
                row.text("name"),
                row.numberOrNull("email_verified_at") != null,
                row.textOrNull("password_hash") != null,
                row.instantOrNull("totp_since"),
                row.numberOrNull("awaited_since") != null,
                row.instant("created_at"));
    }
}
