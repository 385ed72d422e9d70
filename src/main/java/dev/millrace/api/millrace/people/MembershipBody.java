package dev.millrace.api.millrace.people;

import dev.millrace.access.people.Membership;

/**
 * An organization that a person belongs to.
 *
 * @param id the organization's
 * @param member the id of his membership
 * @param operator whether it runs this installation
 */
record MembershipBody(
        String object, String id, String name, String member, String role, boolean operator, boolean suspended) {
    static MembershipBody of(Membership membership) {
        return new MembershipBody(
                "membership",
                membership.organization().text(),
                membership.name(),
                membership.id().text(),
                membership.role().wire(),
                membership.operator(),
                membership.suspension() != null);
    }
}
