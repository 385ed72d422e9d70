package dev.millrace.access;

import static dev.millrace.access.Permission.ERASE_ORGANIZATION;
import static dev.millrace.access.Permission.MANAGE_BILLING;
import static dev.millrace.access.Permission.MANAGE_OWN_KEYS;
import static dev.millrace.access.Permission.MANAGE_WEBHOOKS;
import static dev.millrace.access.Permission.READ_BILLING;
import static dev.millrace.access.Permission.READ_JOBS;
import static dev.millrace.access.Permission.READ_KEYS;
import static dev.millrace.access.Permission.READ_MEMBERS;
import static dev.millrace.access.Permission.READ_MODELS;
import static dev.millrace.access.Permission.READ_ORGANIZATION;
import static dev.millrace.access.Permission.READ_USAGE;
import static dev.millrace.access.Permission.READ_WEBHOOKS;
import static dev.millrace.access.Permission.USE_MODELS;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a member or a key is in an organization. This is the one table of who may do what; {@code docs/roles.md} shows it,
 * and a test holds the two together.
 */
public enum Role {
    /** Everything. An organization always keeps one. */
    OWNER(EnumSet.allOf(Permission.class)),
    /** Everything but what ends or exposes the organization itself; makes no owners. */
    ADMIN(EnumSet.complementOf(EnumSet.of(ERASE_ORGANIZATION))),
    /** Builds with it: runs models, has keys of its own, sets webhooks. */
    DEVELOPER(EnumSet.of(
            READ_MODELS,
            USE_MODELS,
            READ_JOBS,
            READ_USAGE,
            READ_BILLING,
            READ_KEYS,
            MANAGE_OWN_KEYS,
            READ_WEBHOOKS,
            MANAGE_WEBHOOKS,
            READ_ORGANIZATION,
            READ_MEMBERS)),
    /** Pays: money in, caps, invoices; no results, no keys. */
    BILLING(EnumSet.of(READ_MODELS, READ_USAGE, READ_BILLING, MANAGE_BILLING, READ_ORGANIZATION, READ_MEMBERS)),
    /** Looks on, and changes nothing. */
    VIEWER(EnumSet.of(
            READ_MODELS,
            READ_JOBS,
            READ_USAGE,
            READ_BILLING,
            READ_KEYS,
            READ_WEBHOOKS,
            READ_ORGANIZATION,
            READ_MEMBERS));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    /** Whether this role is allowed that. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** All that this role is allowed. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** Whether nothing is allowed to the other role that this one is not: nobody hands out more than he has. */
    public boolean covers(Role other) {
        return permissions.containsAll(other.permissions);
    }

    /**
     * What somebody of this role may hand on to whoever is of the other one: the most that both may.
     *
     * @return empty when no role is within both
     */
    public Optional<Role> within(Role other) {
        return Arrays.stream(values())
                .filter(role -> covers(role) && other.covers(role))
                .max(Comparator.comparingInt(role -> role.permissions.size()));
    }

    /** The name in the database, on the wire and on the command line. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this wire name, in any case. */
    public static Optional<Role> parse(String wire) {
        return Arrays.stream(values())
                .filter(role -> role.wire().equalsIgnoreCase(wire))
                .findFirst();
    }
}
