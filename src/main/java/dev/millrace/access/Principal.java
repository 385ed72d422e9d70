package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.id.Spender;
import dev.millrace.trail.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Whom an authenticated request comes from.
 *
 * @param keyHash the SHA-256 of the key's full text, which also keys the signatures of some dialects' webhooks
 * @param operator whether the organization runs this installation, and so may make others
 * @param role what the key may do within its organization
 * @param member who made the key and answers for it; null for a key that nobody owns
 * @param scopes what the key may be used for, within its role
 * @param suspension why its organization is suspended: it may look and pay then, and nothing else; null while it is in good standing
 * @param person who is signed in, where the request came with a session: the key is then none, and stands for the session
 */
public record Principal(
        OrganizationId organization,
        KeyId key,
        String keyName,
        Environment environment,
        byte[] keyHash,
        boolean operator,
        Role role,
        @Nullable MemberId member,
        KeyScopes scopes,
        @Nullable String suspension,
        @Nullable PersonId person) {
    /** A key. */
    public Principal(
            OrganizationId organization,
            KeyId key,
            String keyName,
            Environment environment,
            byte[] keyHash,
            boolean operator,
            Role role,
            @Nullable MemberId member,
            KeyScopes scopes,
            @Nullable String suspension) {
        this(organization, key, keyName, environment, keyHash, operator, role, member, scopes, suspension, null);
    }

    /** A key that nobody owns and that may do everything. */
    public Principal(
            OrganizationId organization,
            KeyId key,
            String keyName,
            Environment environment,
            byte[] keyHash,
            boolean operator) {
        this(organization, key, keyName, environment, keyHash, operator, Role.OWNER, null, KeyScopes.ALL, null);
    }

    /** Whether the key may do this: its role allows it, it is not for reading alone, and its organization is not suspended. */
    public boolean may(Permission permission) {
        return standing().may(permission);
    }

    /** The operator's key, where it acts for another organization, which it is no member of. */
    Principal about(OrganizationId other) {
        return new Principal(other, key, keyName, environment, keyHash, operator, role, null, scopes, null, person);
    }

    /** What the key is in its organization. */
    public Standing standing() {
        return new Standing(role, operator, scopes.readOnly(), suspension);
    }

    /** The same one, as the audit log names it. */
    public Actor actor(String address) {
        return person == null ? Actor.key(key, organization, address) : Actor.person(person, organization, address);
    }

    /** Who spends when this one asks for something. */
    public Spender spender() {
        return new Spender(organization, key, member);
    }

    /** The same key of the same organization is the same principal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Principal principal && principal.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "Principal[" + organization + ", key " + key + ", " + environment.wire() + "]";
    }
}
