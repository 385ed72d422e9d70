package dev.millrace.access;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;

/** Says which keys a caller may touch, and what he may make of them. */
public final class KeyGuard {
    private final Access access;

    public KeyGuard(Access access) {
        this.access = access;
    }

    /**
     * A key of the caller's organization that is not revoked.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public KeyInfo find(Tx tx, Caller caller, String hash) {
        return KeyId.parse(hash)
                .flatMap(id -> access.info(tx, caller.organization(), id))
                .filter(info -> info.state() != KeyState.REVOKED)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such key."));
    }

    /**
     * The same, where the caller may change it.
     *
     * @throws ProblemException {@code NOT_FOUND} or {@code FORBIDDEN}
     */
    public KeyInfo changeable(Tx tx, Caller caller, String hash) {
        KeyInfo info = find(tx, caller, hash);
        if (!caller.may(Permission.MANAGE_KEYS) && !owns(caller, info.spec())) {
            throw Forbidden.ROLE.exception("The role " + caller.role().wire() + " may change keys of its own alone.");
        }
        if (bound(caller) && !info.id().equals(caller.key())) {
            throw Forbidden.ROLE.exception("An API key of the role "
                    + caller.role().wire() + " may change itself alone; sign in, or have an owner or admin do it.");
        }
        covered(tx, caller, info.spec());
        return info;
    }

    /**
     * Refuses to make a key that is more than the caller.
     *
     * @throws ProblemException {@code FORBIDDEN}
     */
    public void makeable(Tx tx, Caller caller, KeySpec spec) {
        if (bound(caller)) {
            throw Forbidden.ROLE.exception("An API key of the role "
                    + caller.role().wire() + " may make no others; sign in, or have an owner or admin do it.");
        }
        covered(tx, caller, spec);
    }

    /**
     * Refuses to make more of a key than the caller is; and has a key that manages none lift no bound of its own, which others may
     * have set.
     *
     * @throws ProblemException {@code FORBIDDEN}
     */
    public void changed(Tx tx, Caller caller, KeySpec before, KeySpec after) {
        covered(tx, caller, after);
        if (bound(caller) && !within(after, before)) {
            throw Forbidden.ROLE.exception(
                    "This API key may not put its own end off, or widen the networks from which it may be used.");
        }
    }

    /** Whether it is a key that manages none but itself: who has found one gets no further with it than it goes. */
    private static boolean bound(Caller caller) {
        return caller.key() != null && !caller.may(Permission.MANAGE_KEYS);
    }

    private static boolean within(KeySpec after, KeySpec before) {
        Instant end = before.expiresAt();
        boolean ends =
                end == null || after.expiresAt() != null && !after.expiresAt().isAfter(end);
        return ends
                && (before.networks().isEmpty()
                        || !after.networks().isEmpty()
                                && after.networks().stream()
                                        .allMatch(network ->
                                                before.networks().stream().anyMatch(wider -> wider.covers(network))));
    }

    private void covered(Tx tx, Caller caller, KeySpec spec) {
        if (!caller.may(Permission.MANAGE_KEYS) && !owns(caller, spec)) {
            throw Forbidden.ROLE.exception("The role " + caller.role().wire()
                    + " may have keys of its own alone; an owner or admin makes others.");
        }
        if (!caller.role().covers(spec.role())) {
            throw Forbidden.ROLE.exception(
                    "The role " + caller.role().wire() + " may not hand out, or change, a key of the role "
                            + spec.role().wire() + ".");
        }
        if (caller.environment() == Environment.TEST && spec.environment() == Environment.LIVE) {
            throw Forbidden.ROLE.exception("A test key may not make or change live keys.");
        }
        if (!scopes(tx, caller).cover(spec.scopes())) {
            throw Forbidden.ROLE.exception("This API key may not make or change keys that may do more than itself.");
        }
    }

    /** Whether the caller may change a key that is as this one; for whoever shows it. */
    public static boolean mayChange(Caller caller, KeySpec spec) {
        boolean reaches =
                caller.may(Permission.MANAGE_KEYS) || caller.may(Permission.MANAGE_OWN_KEYS) && owns(caller, spec);
        return reaches && caller.role().covers(spec.role());
    }

    private KeyScopes scopes(Tx tx, Caller caller) {
        return Optional.ofNullable(caller.key())
                .flatMap(key -> access.find(tx, key))
                .map(Principal::scopes)
                .orElse(KeyScopes.ALL);
    }

    private static boolean owns(Caller caller, KeySpec spec) {
        return caller.member() != null && caller.member().equals(spec.member());
    }
}
