package dev.millrace.access;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of {@code api_keys}. */
final class KeyStore {
    private static final String LIST = """
            select id, organization, name, environment, last_four, created_at, revoked_at, inactive
            from api_keys where organization = ? order by created_at, id
            """;
    private static final String FIND = """
            select k.id, k.organization, k.name, k.environment, k.hash, k.state, k.inactive, o.operator
            from api_keys k join organizations o on o.id = k.organization where k.id = ?
            """;

    /** A key as authentication needs it. */
    record Stored(Principal principal, boolean active, boolean resting) {}

    void add(Tx tx, OrganizationId organization, KeyId id, String name, Environment environment, StoredText text) {
        tx.update("""
                insert into api_keys (id, organization, name, environment, hash, last_four, state, created_at)
                values (?, ?, ?, ?, ?, ?, 'active', ?)
                """, id, organization, name, environment, text.hash(), text.lastFour(), tx.now());
    }

    /** What is kept of a key's text. */
    record StoredText(byte[] hash, String lastFour) {}

    Optional<Stored> find(Tx tx, String id) {
        return tx.one(FIND, KeyStore::stored, id);
    }

    List<KeyInfo> list(Tx tx, OrganizationId organization) {
        return tx.list(LIST, KeyStore::info, organization);
    }

    boolean revoke(Tx tx, OrganizationId organization, KeyId id) {
        return tx.won(
                "update api_keys set state = 'revoked', revoked_at = ? where id = ? and organization = ? and state = 'active'",
                tx.now(),
                id,
                organization);
    }

    /** Puts an active key to rest or takes it up again; false when it is so already, or revoked. */
    boolean rest(Tx tx, OrganizationId organization, KeyId id, boolean resting) {
        return tx.won(
                "update api_keys set inactive = ? where id = ? and organization = ? and state = 'active' and inactive <> ?",
                resting,
                id,
                organization,
                resting);
    }

    private static Stored stored(Row row) {
        Principal principal = new Principal(
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("id")),
                row.text("name"),
                environment(row),
                row.bytes("hash"),
                row.flag("operator"));
        return new Stored(principal, row.text("state").equals("active"), row.flag("inactive"));
    }

    private static KeyInfo info(Row row) {
        return new KeyInfo(
                new KeyId(row.text("id")),
                new OrganizationId(row.uuid("organization")),
                row.text("name"),
                environment(row),
                row.text("last_four"),
                row.instant("created_at"),
                row.instantOrNull("revoked_at"),
                row.flag("inactive"));
    }

    private static Environment environment(Row row) {
        return Environment.valueOf(row.text("environment").toUpperCase(Locale.ROOT));
    }
}
