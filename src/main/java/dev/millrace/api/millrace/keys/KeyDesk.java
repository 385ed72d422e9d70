package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.Environment;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeySpec;
import dev.millrace.access.Keyring;
import dev.millrace.access.NewKey;
import dev.millrace.access.Role;
import dev.millrace.access.Standing;
import dev.millrace.api.millrace.Fields;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes and changes keys from the bodies of the routes, for the command line, which may do everything. */
public final class KeyDesk {
    private final Keyring keyring;
    private final KeyCaps caps;

    public KeyDesk(Keyring keyring, Caps caps, Trail trail) {
        this.keyring = keyring;
        this.caps = new KeyCaps(caps, trail);
    }

    public Keyring keyring() {
        return keyring;
    }

    /**
     * Makes a key.
     *
     * @param body as {@code POST /api/v1/keys} takes it
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER}, with the name of the field
     */
    public NewKey create(Tx tx, Actor actor, OrganizationId organization, ObjectNode body) {
        Fields fields = new Fields(body, "").only(KeyForm.CREATE.names(), "");
        KeySpec spec = KeyForm.made(fields, operator(organization), tx.now());
        NewKey made = keyring.create(tx, actor, organization, spec);
        caps.set(tx, actor, CapSubject.key(organization, made.id()), KeyCaps.wish(fields));
        return made;
    }

    /** Changes a key by what {@code PATCH /api/v1/keys/{hash}} takes; but for {@code disabled}. */
    public void change(Tx tx, Actor actor, KeyInfo key, ObjectNode body) {
        Fields fields = new Fields(body, "").only(KeyForm.CHANGE.names(), "");
        KeySpec changed = KeyForm.changed(key.spec(), fields, tx.now());
        if (!changed.equals(key.spec())) {
            keyring.change(tx, actor, key.organization(), key.id(), changed);
        }
        caps.set(tx, actor, CapSubject.key(key.organization(), key.id()), KeyCaps.wish(fields));
    }

    /** The caps of a key. */
    public List<CapState> caps(Tx tx, OrganizationId organization, KeyId key) {
        return caps.of(tx, CapSubject.key(organization, key));
    }

    private static Caller operator(OrganizationId organization) {
        Standing all = new Standing(Role.OWNER, true, false, null);
        return new Caller(organization, all, Environment.TEST, null, null, null, "");
    }
}
