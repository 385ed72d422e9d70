package dev.millrace.access;

import dev.millrace.db.Row;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as authentication needs it.
 *
 * @param hash of its secret of now
 * @param role what it may now: never more than the member who answers for it; null where that leaves it nothing
 * @param active whether it was neither revoked nor left behind by a member who is gone
 * @param suspension why the key is refused altogether, in its suspender's words; null when it is not. A suspension of the
 *     organization leaves it to look and pay, and is within the principal
 */
record StoredKey(
        OrganizationId organization,
        KeyId id,
        KeySpec spec,
        byte[] hash,
        boolean operator,
        @Nullable Role role,
        boolean active,
        boolean resting,
        @Nullable String suspension,
        @Nullable String organizationSuspension) {
    static StoredKey read(Row row) {
        String ofKey = row.textOrNull("key_reason");
        KeySpec spec = KeyColumns.spec(row);
        Optional<Role> ofMember =
                Optional.ofNullable(row.textOrNull("member_role")).flatMap(Role::parse);
        boolean own = spec.member() == null;
        return new StoredKey(
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("id")),
                spec,
                row.bytes("hash"),
                row.flag("operator"),
                own
                        ? spec.role()
                        : ofMember.flatMap(role -> role.within(spec.role())).orElse(null),
                row.text("state").equals("active") && (own || ofMember.isPresent()),
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
                role == null ? spec.role() : role,
                spec.member(),
                spec.scopes(),
                organizationSuspension);
    }
}
