package dev.millrace.access;

import dev.millrace.address.Network;
import dev.millrace.id.MemberId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a key when it is made, and what it is afterwards.
 *
 * @param member who answers for it; null for nobody
 * @param networks from where it may be used; empty for anywhere
 * @param expiresAt from when on it is refused; null for never
 */
public record KeySpec(
        String name,
        Environment environment,
        Role role,
        @Nullable MemberId member,
        KeyScopes scopes,
        List<Network> networks,
        @Nullable Instant expiresAt) {
    /** How many networks a key may have. */
    public static final int NETWORKS_MAX = 50;

    /** @throws IllegalArgumentException when the name is blank or longer than 100 letters, or there are too many networks */
    public KeySpec {
        name = Organizations.checkedName(name);
        networks = List.copyOf(networks);
        if (networks.size() > NETWORKS_MAX) {
            throw new IllegalArgumentException("networks has more than " + NETWORKS_MAX + " entries");
        }
    }

    /** A key that may do everything within its organization. */
    public static KeySpec owner(String name, Environment environment) {
        return of(name, environment, Role.OWNER);
    }

    /** A key of that role without further limits. */
    public static KeySpec of(String name, Environment environment, Role role) {
        return new KeySpec(name, environment, role, null, KeyScopes.ALL, List.of(), null);
    }

    public KeySpec named(String other) {
        return new KeySpec(other, environment, role, member, scopes, networks, expiresAt);
    }

    public KeySpec withRole(Role other) {
        return new KeySpec(name, environment, other, member, scopes, networks, expiresAt);
    }

    public KeySpec ownedBy(@Nullable MemberId other) {
        return new KeySpec(name, environment, role, other, scopes, networks, expiresAt);
    }

    public KeySpec within(KeyScopes other) {
        return new KeySpec(name, environment, role, member, other, networks, expiresAt);
    }

    public KeySpec from(List<Network> others) {
        return new KeySpec(name, environment, role, member, scopes, others, expiresAt);
    }

    public KeySpec until(@Nullable Instant moment) {
        return new KeySpec(name, environment, role, member, scopes, networks, moment);
    }
}
