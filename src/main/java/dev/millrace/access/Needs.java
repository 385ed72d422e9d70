package dev.millrace.access;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.RouteInfo;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a route can say that it needs, beside the wire name of a {@link Permission}; and the one place where that is held against
 * what somebody is.
 */
public final class Needs {
    /** Nobody is asked who he is. */
    public static final String ANYONE = RouteInfo.ANYONE;

    /** Any key, and any person who is signed in, whatever the role. */
    public static final String CALLER = "caller";

    /** A person who is signed in: what it does is about himself. */
    public static final String PERSON = "person";

    private static final Map<String, Permission> PERMISSIONS = Arrays.stream(Permission.values())
            .collect(Collectors.toUnmodifiableMap(Permission::wire, permission -> permission));

    /** What the operator may do for an organization that he names: its keys, people, money and settings; never its models and results. */
    private static final Set<Permission> FOR_OTHERS = EnumSet.of(
            Permission.READ_USAGE,
            Permission.READ_BILLING,
            Permission.MANAGE_BILLING,
            Permission.READ_KEYS,
            Permission.MANAGE_OWN_KEYS,
            Permission.MANAGE_KEYS,
            Permission.READ_ORGANIZATION,
            Permission.MANAGE_ORGANIZATION,
            Permission.READ_MEMBERS,
            Permission.MANAGE_MEMBERS,
            Permission.READ_AUDIT);

    private Needs() {}

    /** Whether a key of the organization that runs the installation may do this for another organization, which it names. */
    public static boolean forOthers(String needs) {
        return permission(needs).filter(FOR_OTHERS::contains).isPresent();
    }

    /** The permission of this wire name; empty for the words above, and where a route says nothing. */
    public static Optional<Permission> permission(String needs) {
        return Optional.ofNullable(PERMISSIONS.get(needs));
    }

    /**
     * Lets somebody in, or says why not. A route that says nothing is for owners alone.
     *
     * @param needs what the route says
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN}, with the reason, and with role and permission as facts
     */
    public static void check(String needs, Standing who) {
        if (needs.equals(ANYONE) || needs.equals(CALLER) || needs.equals(PERSON)) {
            return;
        }
        Permission permission = needs.isEmpty() ? Permission.ERASE_ORGANIZATION : PERMISSIONS.get(needs);
        if (permission == null) {
            throw new IllegalStateException("bug: a route needs " + needs + ", which nobody can have");
        }
        if (!who.may(permission)) {
            throw refusal(permission, who);
        }
    }

    private static ProblemException refusal(Permission permission, Standing who) {
        if (!who.roleMay(permission)) {
            return exception(Forbidden.ROLE, roleDetail(permission, who), permission, who);
        }
        if (who.unproven()) {
            return exception(
                    Forbidden.UNVERIFIED,
                    "Show first that your e-mail address is yours: open the link in the letter that you got, or ask for another with"
                            + " POST /api/v1/me/email-verification.",
                    permission,
                    who);
        }
        return who.readOnly()
                ? exception(
                        Forbidden.READ_ONLY, "This API key is for reading alone; use one that is not.", permission, who)
                : exception(
                        Forbidden.SUSPENDED,
                        "The organization is suspended: " + who.suspension()
                                + ". It can look and pay; ask the operator.",
                        permission,
                        who);
    }

    private static String roleDetail(Permission permission, Standing who) {
        return permission == Permission.OPERATE && !who.operator()
                ? "Only the organization that runs this installation may do this."
                : "The role " + who.role().wire() + " may not do this. Ask an owner or admin for a role that may.";
    }

    private static ProblemException exception(Forbidden why, String detail, Permission permission, Standing who) {
        return Problem.of(ProblemCode.FORBIDDEN, detail)
                .withFacts(Map.of(
                        "reason",
                        why.name().toLowerCase(Locale.ROOT),
                        "role",
                        who.role().wire(),
                        "permission",
                        permission.wire()))
                .toException();
    }
}
