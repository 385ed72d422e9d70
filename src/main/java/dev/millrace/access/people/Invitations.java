package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.access.people.Invitation.State;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.InvitationId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.trail.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invitations into organizations: each is used once, within its time, unless it is revoked before. Safe for all threads. */
public final class Invitations {
    private static final String PREFIX = "mi_";
    private static final int LETTERS = 50;
    private static final int TEXT_MAX = 100;
    private static final Duration KEPT_FOR = Duration.ofDays(90);

    private final IdSource ids;
    private final PeopleSettings settings;
    private final InvitationStore store = new InvitationStore();

    public Invitations(IdSource ids, PeopleSettings settings) {
        this.ids = ids;
        this.settings = settings;
    }

    /** An invitation that was just made, with the only copy of what its link says: hand it out once, then forget it. */
    public record Made(Invitation invitation, String token) {
        /** The id alone. */
        @Override
        public String toString() {
            return "Made[" + invitation.id() + "]";
        }
    }

    /** @param email whom it is for alone; null for whoever has the link */
    public Made invite(Tx tx, OrganizationId organization, @Nullable Email email, Role role, Actor by) {
        String token = PREFIX + ids.text(LETTERS);
        Invitation invitation = new Invitation(
                ids.invitation(),
                organization,
                email,
                role,
                State.OPEN,
                tx.now(),
                tx.now().plus(settings.invitationLife()));
        store.add(tx, invitation, Digest.sha256(token), by.kind().wire() + ":" + by.id());
        return new Made(invitation, token);
    }

    /** The open invitation of this link; empty for one that was used or revoked, has expired, or never was. */
    public Optional<Invitation> find(Tx tx, String token) {
        return token.startsWith(PREFIX) && token.length() <= TEXT_MAX
                ? store.open(tx, Digest.sha256(token))
                : Optional.empty();
    }

    /** The invitation of this link however it stands; empty for one that never was, or is long over. */
    public Optional<Invitation> known(Tx tx, String token) {
        return token.startsWith(PREFIX) && token.length() <= TEXT_MAX
                ? store.known(tx, Digest.sha256(token))
                : Optional.empty();
    }

    /** Who made it, as {@code person:<id>} or {@code key:<id>}. */
    Optional<String> invitedBy(Tx tx, InvitationId id) {
        return store.invitedBy(tx, id);
    }

    /**
     * Notes that the link goes to the invitation's address by mail and is shown to nobody: who comes by it has shown that the address
     * is his. Not to be called where the link is shown to whoever invites as well, for then it shows nothing.
     *
     * @return false when the invitation names no address, or is open no more
     */
    public boolean mailed(Tx tx, InvitationId id) {
        return store.mailed(tx, id);
    }

    /** Whether whoever comes by its link has shown that the invitation's address is his. */
    boolean provesAddress(Tx tx, InvitationId id) {
        return store.wasMailed(tx, id);
    }

    /** Uses an open invitation up; false when somebody else was sooner, or it was revoked meanwhile. */
    public boolean use(Tx tx, InvitationId id, PersonId by) {
        return store.use(tx, id, by);
    }

    /** False when the organization has no open invitation of that id. */
    public boolean revoke(Tx tx, OrganizationId organization, InvitationId id) {
        return store.revoke(tx, organization, id);
    }

    /**
     * Takes every open invitation back that a person made in an organization.
     *
     * @return how many
     */
    int revokeOf(Tx tx, OrganizationId organization, PersonId by) {
        return store.revokeOf(tx, organization, Actor.Kind.PERSON.wire() + ":" + by);
    }

    /** The last 200 invitations of an organization, the newest first. */
    public List<Invitation> list(Tx tx, OrganizationId organization) {
        return store.list(tx, organization);
    }

    /** Removes rows of invitations whose time was over three months ago, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, tx.now().minus(KEPT_FOR), limit);
    }
}
