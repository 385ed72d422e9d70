package dev.millrace.access.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.Role;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.InvitationId;
import dev.millrace.trail.Trail;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invites people into organizations, and takes invitations back, each with its line in the audit log. Safe for all threads. */
public final class Hosts {
    private final Database database;
    private final Invitations invitations;
    private final Organizations organizations;
    private final PersonLetters letters;
    private final Trail trail;

    public Hosts(
            Database database,
            Invitations invitations,
            Organizations organizations,
            PersonLetters letters,
            Trail trail) {
        this.database = database;
        this.invitations = invitations;
        this.organizations = organizations;
        this.letters = letters;
        this.trail = trail;
    }

    /**
     * An invitation that was just made.
     *
     * @param token what its link says, shown to whoever invites this once; null where it went by mail, so that it proves the address of
     *     who comes by it
     */
    public record Sent(Invitation invitation, @Nullable String token) {
        /** The id alone. */
        @Override
        public String toString() {
            return "Sent[" + invitation.id() + "]";
        }
    }

    /**
     * Invites into the caller's organization.
     *
     * @param email whom it is for alone; null for whoever has the link
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN} when the role may do more than the caller's
     */
    public Sent invite(Caller caller, @Nullable Email email, Role role) {
        within(caller.role(), role);
        return database.writer().write(caller.organization().text(), tx -> {
            Invitations.Made made = invitations.invite(tx, caller.organization(), email, role, caller.actor());
            Invitation invitation = made.invitation();
            trail.write(tx, caller.actor(), "invitation.create", subject(invitation.id()), Map.of("role", role.wire()));
            boolean mailed = email != null && mail(tx, made, email);
            return new Sent(invitation, mailed ? null : made.token());
        });
    }

    private boolean mail(Tx tx, Invitations.Made made, Email to) {
        Invitation invitation = made.invitation();
        if (!letters.on() || !invitations.mailed(tx, invitation.id())) {
            return false;
        }
        String name = organizations
                .find(tx, invitation.organization())
                .map(Organization::name)
                .orElseThrow();
        letters.invited(tx, invitation, to, name, made.token());
        return true;
    }

    /** Takes an open invitation of the caller's organization back; false when there is none of that id. */
    public boolean revoke(Caller caller, InvitationId id) {
        return database.writer().<Boolean>write(caller.organization().text(), tx -> {
            boolean done = invitations.revoke(tx, caller.organization(), id);
            if (done) {
                trail.write(tx, caller.actor(), "invitation.revoke", subject(id), Map.of());
            }
            return done;
        });
    }

    /**
     * Refuses to give or take a role that may do more than one's own.
     *
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN}
     */
    public static void within(Role own, Role role) {
        if (!own.covers(role)) {
            throw Forbidden.ROLE.exception("The role " + own.wire() + " may not give or take the role " + role.wire()
                    + ", which may do more.");
        }
    }

    private static String subject(InvitationId id) {
        return "invitation:" + id;
    }
}
