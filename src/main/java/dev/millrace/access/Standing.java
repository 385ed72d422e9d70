package dev.millrace.access;

import org.jspecify.annotations.Nullable;

/**
 * What somebody is in an organization, as far as it matters for what he may do there.
 *
 * @param operator whether the organization runs the installation
 * @param readOnly whether he only looks, whatever the role
 * @param suspension why the organization is suspended, in the operator's words: it may look and pay then, and nothing else; null while
 *     it is in good standing
 * @param unproven whether he must show first that his address is his: he only looks until then
 */
public record Standing(
        Role role,
        boolean operator,
        boolean readOnly,
        @Nullable String suspension,
        boolean unproven) {
    /** Of who has nothing to show. */
    public Standing(Role role, boolean operator, boolean readOnly, @Nullable String suspension) {
        this(role, operator, readOnly, suspension, false);
    }

    /** The same one, who has not shown that his address is his. */
    public Standing withoutProof() {
        return new Standing(role, operator, readOnly, suspension, true);
    }

    /** Whether the organization is suspended. */
    public boolean suspended() {
        return suspension != null;
    }

    /** Whether all of that allows it. */
    public boolean may(Permission permission) {
        return roleMay(permission) && (permission.reads() || mayChange(permission));
    }

    /** Whether the role alone allows it; what is about the whole installation only where it is run. */
    boolean roleMay(Permission permission) {
        return role.may(permission) && (operator || permission != Permission.OPERATE);
    }

    private boolean mayChange(Permission permission) {
        return !readOnly && !unproven && (!suspended() || permission == Permission.MANAGE_BILLING);
    }
}
