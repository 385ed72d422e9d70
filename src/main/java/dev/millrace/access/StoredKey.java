package dev.millrace.access;

import dev.millrace.db.Row;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A key as authentication needs it.
 *
 * @param hash of its secret of now
 * @param suspension why the key is refused altogether, in its suspender's words; null when it is not. A suspension of the
 *     organization leaves it to look and pay, and is within the principal
 */
record StoredKey(
        OrganizationId organization,
        KeyId id,
        KeySpec spec,
        byte[] hash,
        boolean operator,
        boolean active,
        boolean resting,
        @Nullable String suspension,
        @Nullable String organizationSuspension) {
    static StoredKey read(Row row) {
        String ofKey = row.textOrNull("key_reason");
        return new StoredKey(
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("id")),
                KeyColumns.spec(row),
                row.bytes("hash"),
                row.flag("operator"),
                row.text("state").equals("active"),
                row.flag("inactive"),
                ofKey == null ? row.textOrNull("member_reason") : ofKey,
                row.textOrNull("organization_reason"));
    }

    /** @param presented the hash of the secret that came, which may be a former one */
    Principal principal(byte[] presented) {
        return new Principal(
                organization,
                id,
                spec.name(),
                spec.environment(),
                presented,
                operator,
                spec.role(),
                spec.member(),
                spec.scopes(),
                organizationSuspension);
    }
}
