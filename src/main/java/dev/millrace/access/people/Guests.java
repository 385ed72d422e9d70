package dev.millrace.access.people;

import dev.millrace.access.Access;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.Unauthenticated;
import dev.millrace.db.Tx;
import dev.millrace.id.InvitationId;
import dev.millrace.id.KeyId;
import dev.millrace.id.PersonId;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets people into organizations who hold the link of an invitation, whichever door they come to. Safe for all threads. */
public final class Guests {
    private static final String PERSON = Actor.Kind.PERSON.wire() + ":";
    private static final String KEY = Actor.Kind.KEY.wire() + ":";

    private final Invitations invitations;
    private final Organizations organizations;
    private final People people;
    private final Members members;
    private final Access access;
    private final Trail trail;

    public Guests(
            Invitations invitations,
            Organizations organizations,
            People people,
            Members members,
            Access access,
            Trail trail) {
        this.invitations = invitations;
        this.organizations = organizations;
        this.people = people;
        this.members = members;
        this.access = access;
        this.trail = trail;
    }

    /** What the link leads to, however the invitation stands by now; empty for a link that never was, or is long over. */
    public Optional<Guest> look(Tx tx, String token) {
        return invitations
                .known(tx, token)
                .map(invitation -> vouched(tx, invitation) ? invitation : invitation.takenBack())
                .flatMap(invitation -> organizations
                        .find(tx, invitation.organization())
                        .map(Organization::name)
                        .map(name -> new Guest(invitation, name, host(tx, invitation.id()))));
    }

    /** The invitation of this link while it lets somebody in; empty for any other. */
    public Optional<Invitation> open(Tx tx, String token) {
        return invitations.find(tx, token).filter(invitation -> vouched(tx, invitation));
    }

    /** Whether whoever invited may do so still: nobody who is shown out leaves a door open behind him. */
    private boolean vouched(Tx tx, Invitation invitation) {
        String by = invitations.invitedBy(tx, invitation.id()).orElse("");
        String id = by.substring(by.indexOf(':') + 1);
        Optional<Role> now;
        if (by.startsWith(PERSON)) {
            now = PersonId.parse(id)
                    .flatMap(person -> members.of(tx, person, invitation.organization()))
                    .filter(membership -> membership.excluded() == null)
                    .map(Membership::role);
        } else if (by.startsWith(KEY)) {
            now = KeyId.parse(id).flatMap(key -> access.role(tx, key));
        } else {
            return true;
        }
        return now.filter(role -> role.may(Permission.MANAGE_MEMBERS) && role.covers(invitation.role()))
                .isPresent();
    }

    private @Nullable String host(Tx tx, InvitationId id) {
        return invitations
                .invitedBy(tx, id)
                .filter(by -> by.startsWith(PERSON))
                .flatMap(by -> PersonId.parse(by.substring(PERSON.length())))
                .flatMap(person -> people.find(tx, person))
                .map(Person::name)
                .orElse(null);
    }

    /**
     * Lets somebody in who holds the link, and uses it up. Where the link went to his address alone, the address counts as verified from
     * then on; a link that was shown to whoever invited says nothing about who holds it.
     *
     * @param address where the request came from
     * @return what he is there; the role that he had already stays
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED} when the link works no more; {@code FORBIDDEN} when it is for
     *     somebody else's address
     */
    public Membership join(Tx tx, String token, Person person, String address) {
        Invitation invitation = open(tx, token).orElseThrow(Unauthenticated.LINK::exception);
        if (invitation.email() != null && !invitation.email().equals(person.email())) {
            throw Forbidden.PERSON.exception("This invitation is for somebody else's address.");
        }
        boolean proven = invitations.provesAddress(tx, invitation.id());
        if (!invitations.use(tx, invitation.id(), person.id())) {
            throw Unauthenticated.LINK.exception();
        }
        members.add(tx, invitation.organization(), person.id(), invitation.role());
        if (proven && !person.verified()) {
            people.verify(tx, person.id(), person.email());
        }
        trail.write(
                tx,
                Actor.person(person.id(), invitation.organization(), address),
                "member.join",
                "invitation:" + invitation.id(),
                Map.of("role", invitation.role().wire()));
        return members.of(tx, person.id(), invitation.organization()).orElseThrow();
    }
}
