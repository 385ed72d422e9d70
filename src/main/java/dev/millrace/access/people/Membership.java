package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.access.Standing;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * What a person is in one of the organizations that he belongs to.
 *
 * @param name the organization's
 * @param operator whether it runs the installation
 * @param suspension why the organization is suspended; null while it is not
 * @param excluded why the member himself is suspended there; null while he is not
 */
public record Membership(
        MemberId id,
        OrganizationId organization,
        String name,
        Role role,
        boolean operator,
        @Nullable String suspension,
        @Nullable String excluded) {
    /** What that makes of him. */
    public Standing standing() {
        return new Standing(role, operator, false, suspension);
    }
}
