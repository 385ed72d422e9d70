package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.trail.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Whoever an authenticated request comes from: a key, or a person who is signed in, in one organization.
 *
 * @param standing what the role allows there
 * @param environment of the key; a person sees what is live
 * @param key null for a person
 * @param member the person's membership, or the member who answers for the key, if any does
 * @param person null for a key
 * @param address where the request came from
 */
public record Caller(
        OrganizationId organization,
        Standing standing,
        Environment environment,
        @Nullable KeyId key,
        @Nullable MemberId member,
        @Nullable PersonId person,
        String address) {
    public static Caller of(Principal principal, String address) {
        return new Caller(
                principal.organization(),
                principal.standing(),
                principal.environment(),
                principal.person() == null ? principal.key() : null,
                principal.member(),
                principal.person(),
                address);
    }

    public Role role() {
        return standing.role();
    }

    /** Whether the organization runs this installation. */
    public boolean operator() {
        return standing.operator();
    }

    public boolean may(Permission permission) {
        return standing.may(permission);
    }

    /** The same one, as the audit log names him. */
    public Actor actor() {
        if (person != null) {
            return Actor.person(person, organization, address);
        }
        if (key == null) {
            throw new IllegalStateException("bug: a caller that is neither a key nor a person");
        }
        return Actor.key(key, organization, address);
    }
}
