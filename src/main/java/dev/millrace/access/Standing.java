package dev.millrace.access;

/**
 * What somebody is in an organization, as far as it matters for what he may do there.
 *
 * @param operator whether the organization runs the installation
 * @param readOnly whether he only looks, whatever the role
 * @param suspended whether the organization is suspended: it may look and pay then, and nothing else
 */
public record Standing(Role role, boolean operator, boolean readOnly, boolean suspended) {
    /** Whether all of that allows it. */
    public boolean may(Permission permission) {
        return roleMay(permission) && (permission.reads() || mayChange(permission));
    }

    /** Whether the role alone allows it; what is about the whole installation only where it is run. */
    boolean roleMay(Permission permission) {
        return role.may(permission) && (operator || permission != Permission.OPERATE);
    }

    private boolean mayChange(Permission permission) {
        return !readOnly && (!suspended || permission == Permission.MANAGE_BILLING);
    }
}
