package dev.millrace.access.people;

import dev.millrace.access.Access;
import dev.millrace.access.Caller;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.people.Members.Change;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Trail;
import java.util.Map;

/**
 * Gives members of the caller's organization other roles and takes them out, each with its line in the audit log. Nobody gives or takes a
 * role that may do more than his own, nobody does it any more who was taken out or suspended a moment ago, and an owner always stays who
 * can sign in. Safe for all threads.
 */
public final class MemberChanges {
    private final Database database;
    private final Members members;
    private final Invitations invitations;
    private final Access access;
    private final Trail trail;

    public MemberChanges(Database database, Members members, Invitations invitations, Access access, Trail trail) {
        this.database = database;
        this.members = members;
        this.invitations = invitations;
        this.access = access;
        this.trail = trail;
    }

    /**
     * Gives a member another role. The keys that he answers for may do no more than that from now on.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} for a role above the caller's, and for the last owner
     */
    public Member setRole(Caller caller, MemberId id, Role role) {
        OrganizationId organization = caller.organization();
        return database.writer().write(organization.text(), tx -> {
            Member member = reached(tx, caller, id, role);
            if (member.role() == role) {
                return member;
            }
            done(members.setRole(tx, organization, id, role));
            access.forgetMember(tx, organization, id);
            Map<String, String> facts =
                    Map.of("role", role.wire(), "was", member.role().wire());
            trail.write(tx, caller.actor(), "member.role", "member:" + id, facts);
            return found(tx, organization, id);
        });
    }

    /**
     * Takes a member out. The keys that he answered for are revoked, and the invitations that he made are taken back.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} for a role above the caller's, and for the last owner
     */
    public Member remove(Caller caller, MemberId id) {
        OrganizationId organization = caller.organization();
        return database.writer().write(organization.text(), tx -> {
            Member member = reached(tx, caller, id, Role.VIEWER);
            done(members.remove(tx, organization, id));
            long keys = access.ofMember(tx, organization, id).stream()
                    .filter(key -> access.revoke(tx, organization, key))
                    .count();
            int invited = invitations.revokeOf(tx, organization, member.person());
            trail.write(
                    tx,
                    caller.actor(),
                    "member.remove",
                    "member:" + id,
                    Map.of(
                            "person",
                            member.person().text(),
                            "keys_revoked",
                            Long.toString(keys),
                            "invitations_revoked",
                            Integer.toString(invited)));
            return member;
        });
    }

    /**
     * A member whom the caller is about to suspend.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} for himself, for a role above the caller's, and for the last owner who
     *     is not suspended
     */
    public Member suspendable(Tx tx, Caller caller, MemberId id) {
        Member member = resumable(tx, caller, id);
        if (!members.keepsOwner(tx, caller.organization(), id)) {
            throw lastOwner();
        }
        return member;
    }

    /**
     * A member whom the caller is about to resume.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} for himself, and for a role above the caller's
     */
    public Member resumable(Tx tx, Caller caller, MemberId id) {
        Member member = reached(tx, caller, id, Role.VIEWER);
        if (id.equals(caller.member())) {
            throw Forbidden.ROLE.exception("Nobody suspends or resumes himself.");
        }
        return member;
    }

    /** What those are told who would leave an organization without an owner. */
    public static ProblemException lastOwner() {
        return Forbidden.LAST_OWNER.exception(
                "An organization keeps an owner who can sign in: make somebody else an owner first.");
    }

    /** The member, whom the caller may change still, and into that role; whoever else changes members of the organization waits. */
    private Member reached(Tx tx, Caller caller, MemberId id, Role role) {
        members.inTurn(tx, caller.organization());
        Role own = roleOf(tx, caller);
        Member member = found(tx, caller.organization(), id);
        Hosts.within(own, member.role());
        Hosts.within(own, role);
        return member;
    }

    /** What the caller is by now: he was let in before others who change members were done. */
    private Role roleOf(Tx tx, Caller caller) {
        PersonId person = caller.person();
        Role role = person == null
                ? caller.role()
                : members.of(tx, person, caller.organization())
                        .filter(membership -> membership.excluded() == null)
                        .map(Membership::role)
                        .orElseThrow(() -> Forbidden.ORGANIZATION.exception("You do not belong to it any more."));
        if (!role.may(Permission.MANAGE_MEMBERS)) {
            throw Forbidden.ROLE.exception(
                    "The role " + role.wire() + " may not do this. Ask an owner or admin for a role that may.");
        }
        return role;
    }

    private Member found(Tx tx, OrganizationId organization, MemberId id) {
        return members.find(tx, organization, id).orElseThrow(MemberChanges::absent);
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such member.");
    }

    private static void done(Change change) {
        switch (change) {
            case DONE -> {}
            case ABSENT -> throw absent();
            case LAST_OWNER -> throw lastOwner();
        }
    }
}
