package dev.millrace.access;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code api_keys} and {@code former_secrets}. */
final class KeyStore {
    private static final String COLUMNS = """
            k.id, k.organization, k.name, k.environment, k.hash, k.last_four, k.state, k.inactive, k.role, k.member,
            k.scope_dialects, k.scope_models, k.scope_modalities, k.read_only, k.networks, k.expires_at,
            k.created_at, k.updated_at, k.revoked_at, o.operator, km.role as member_role,
            sk.reason as key_reason, sm.reason as member_reason, so.reason as organization_reason
            from api_keys k join organizations o on o.id = k.organization
            left join members km on km.id = k.member and km.organization = k.organization
            left join suspensions sk on sk.subject = 'key:' || k.id
            left join suspensions sm on sm.subject = 'member:' || k.member
            left join suspensions so on so.subject = 'organization:' || k.organization
            """;

    private static final String FORMER =
            "(select max(f.until) from former_secrets f where f.key_id = k.id) as former_until, "
                    + "(select f.last_four from former_secrets f where f.key_id = k.id order by f.until desc limit 1) as former_last_four, ";

    private static final String FIND = "select " + COLUMNS + "where k.id = ?";
    private static final String INFO = "select " + FORMER + COLUMNS;

    /** What is kept of a key's text. */
    record StoredText(byte[] hash, String lastFour) {}

    void add(Tx tx, OrganizationId organization, KeyId id, KeySpec spec, StoredText text) {
        tx.update(
                """
                insert into api_keys (id, organization, name, environment, hash, last_four, state, created_at,
                    role, member, scope_dialects, scope_models, scope_modalities, read_only, networks, expires_at)
                values (?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                organization,
                spec.name(),
                spec.environment(),
                text.hash(),
                text.lastFour(),
                tx.now(),
                spec.role(),
                spec.member(),
                KeyColumns.dialects(spec.scopes()),
                KeyColumns.models(spec.scopes()),
                KeyColumns.modalities(spec.scopes()),
                spec.scopes().readOnly(),
                KeyColumns.networks(spec),
                spec.expiresAt());
    }

    Optional<StoredKey> find(Tx tx, String id) {
        return tx.one(FIND, StoredKey::read, id);
    }

    Optional<KeyInfo> info(Tx tx, OrganizationId organization, KeyId id) {
        return tx.one(
                INFO + "where k.id = ? and k.organization = ?",
                row -> KeyColumns.info(row, tx.now()),
                id,
                organization);
    }

    List<KeyInfo> list(Tx tx, OrganizationId organization) {
        return tx.list(
                INFO + "where k.organization = ? order by k.created_at, k.id",
                row -> KeyColumns.info(row, tx.now()),
                organization);
    }

    /** The keys of a member, in any state. */
    List<KeyId> ofMember(Tx tx, OrganizationId organization, MemberId member) {
        return tx.list(
                "select id from api_keys where organization = ? and member = ? order by created_at, id",
                row -> new KeyId(row.text("id")),
                organization,
                member);
    }

    /** Changes what may be changed of a key that is not revoked. */
    boolean change(Tx tx, OrganizationId organization, KeyId id, KeySpec spec) {
        return tx.won(
                """
                update api_keys set name = ?, role = ?, member = ?, scope_dialects = ?, scope_models = ?,
                    scope_modalities = ?, read_only = ?, networks = ?, expires_at = ?, updated_at = ?
                where id = ? and organization = ? and state = 'active'
                """,
                spec.name(),
                spec.role(),
                spec.member(),
                KeyColumns.dialects(spec.scopes()),
                KeyColumns.models(spec.scopes()),
                KeyColumns.modalities(spec.scopes()),
                spec.scopes().readOnly(),
                KeyColumns.networks(spec),
                spec.expiresAt(),
                tx.now(),
                id,
                organization);
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
                "update api_keys set inactive = ?, updated_at = ?"
                        + " where id = ? and organization = ? and state = 'active' and inactive <> ?",
                resting,
                tx.now(),
                id,
                organization,
                resting);
    }

    /** Replaces the secret of an active key; the one before works until the moment. */
    boolean rotate(Tx tx, OrganizationId organization, KeyId id, StoredText text, Instant formerUntil) {
        tx.update("""
                insert into former_secrets (hash, key_id, last_four, until)
                select hash, id, last_four, ? from api_keys where id = ? and organization = ? and state = 'active'
                """, formerUntil, id, organization);
        return tx.won(
                "update api_keys set hash = ?, last_four = ?, updated_at = ?"
                        + " where id = ? and organization = ? and state = 'active'",
                text.hash(),
                text.lastFour(),
                tx.now(),
                id,
                organization);
    }

    /** Ends every secret of the key before its last one that works still; how many there were. */
    int endFormer(Tx tx, KeyId id) {
        return tx.update("update former_secrets set until = ? where key_id = ? and until > ?", tx.now(), id, tx.now());
    }

    /** From when on the secret with this hash, which a rotation replaced, is refused; empty when it never was the key's. */
    Optional<Instant> formerUntil(Tx tx, String id, byte[] hash) {
        return tx.one(
                "select until from former_secrets where hash = ? and key_id = ?",
                row -> row.instant("until"),
                hash,
                id);
    }

    /** The hashes of all secrets that the key has and had. */
    List<byte[]> hashes(Tx tx, KeyId id) {
        return tx.list(
                "select hash from api_keys where id = ? union all select hash from former_secrets where key_id = ?",
                (Row row) -> row.bytes("hash"),
                id,
                id);
    }
}
