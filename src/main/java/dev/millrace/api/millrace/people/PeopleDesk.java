package dev.millrace.api.millrace.people;

import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Invitations;
import dev.millrace.access.people.Member;
import dev.millrace.access.people.MemberChanges;
import dev.millrace.access.people.Members.Change;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Session;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.db.Tx;
import dev.millrace.id.InvitationId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.problem.Problem;
import dev.millrace.trail.Actor;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the operator does to people and members, at the command line and through the routes that are his: every change with its line in the
 * audit log. Answers are the bodies of the API.
 */
public final class PeopleDesk {
    private static final int SHOWN = 1000;
    private static final String PASSWORD_PAGE = "/console/password?token=";
    private static final String INVITATION_PAGE = "/console/invitation?token=";

    private final PeopleRooms rooms;

    public PeopleDesk(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    /**
     * Somebody whom the operator made a member.
     *
     * @param fresh whether he was unknown here
     * @param password_link where he sets his password; null for who was here already. Shown once
     */
    record CreatedBody(
            String object,
            PersonBody person,
            String organization,
            String role,
            boolean fresh,
            @Nullable String password_link) {}

    /** People, those who came last first. */
    public Object people() {
        List<Person> all = rooms.database().read(tx -> rooms.people().list(tx, SHOWN));
        return PageBody.of(all.stream().map(PersonBody::of).toList(), null);
    }

    /**
     * Makes somebody a member, whether he is known here or not.
     *
     * @param name what to call who is new; null for his address
     * @param base before the path of the link for who is new; empty where no server is known
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code email} when he is a member already;
     *     {@code NOT_FOUND} when there is no such organization
     */
    public Object create(Actor by, Email email, @Nullable String name, OrganizationId where, Role role, String base) {
        return rooms.database().writer().write(where.text(), tx -> {
            if (rooms.organizations().find(tx, where).isEmpty()) {
                throw Inputs.absent("organization");
            }
            boolean fresh = rooms.people().find(tx, email).isEmpty();
            if (fresh) {
                var unused = rooms.people().add(tx, email, name == null ? email.text() : name, null, true);
            }
            Person person = rooms.people().find(tx, email).orElseThrow();
            if (rooms.members().add(tx, where, person.id(), role).isEmpty()) {
                throw Problem.parameter("email", "is a member of the organization already.")
                        .toException();
            }
            Map<String, String> facts = Map.of("role", role.wire());
            rooms.trail().write(tx, by.about(where), "member.add", "person:" + person.id(), facts);
            String link = fresh ? base + PASSWORD_PAGE + rooms.passwordLinks().make(tx, person) : null;
            return new CreatedBody("person_created", PersonBody.of(person), where.text(), role.wire(), fresh, link);
        });
    }

    /** A link with which somebody sets a password; shown once. */
    public Object passwordLink(Actor by, Email email, String base) {
        return rooms.database().writer().write(email.text(), tx -> {
            Person person = rooms.people().find(tx, email).orElseThrow(() -> Inputs.absent("person"));
            rooms.trail().write(tx, by, "person.password_link", "person:" + person.id(), Map.of());
            String token = rooms.passwordLinks().make(tx, person);
            return new PasswordLinkBody("password_link", token, base + PASSWORD_PAGE + token);
        });
    }

    /** Where somebody is signed in. */
    public Object sessions(PersonId person) {
        List<Session> all = rooms.database().read(tx -> {
            require(tx, person);
            return rooms.sessions().list(tx, person);
        });
        return PageBody.of(
                all.stream().map(session -> SessionBody.of(session, null)).toList(), null);
    }

    /** Signs somebody out everywhere. */
    public Object endSessions(Actor by, PersonId person) {
        return rooms.database().writer().write(person.text(), tx -> {
            require(tx, person);
            int ended = rooms.sessions().endAll(tx, person, null);
            rooms.trail()
                    .write(tx, by, "session.end_all", "person:" + person, Map.of("ended", Integer.toString(ended)));
            return EndedBody.sessions(ended);
        });
    }

    /**
     * Lets signing in take a password alone again, for who has lost his authenticator and every recovery code. He is signed out everywhere.
     *
     * @param allowed refuses by throwing
     */
    public Object endTwoStep(Actor by, PersonId id, BiConsumer<Tx, Person> allowed) {
        return rooms.database().writer().write(id.text(), tx -> {
            Person person = rooms.people().find(tx, id).orElseThrow(() -> Inputs.absent("person"));
            allowed.accept(tx, person);
            if (!rooms.twoStep().end(tx, by, person)) {
                throw Inputs.absent("two-step sign-in of that person");
            }
            rooms.sessions().endAll(tx, id, null);
            return DeletedBody.of("totp", id.text());
        });
    }

    /** The members of an organization, oldest first. */
    public Object members(OrganizationId organization) {
        List<Member> all = rooms.database().read(tx -> rooms.members().list(tx, organization));
        return PageBody.of(all.stream().map(MemberBody::of).toList(), null);
    }

    /** Gives a member another role. */
    public Object role(Actor by, OrganizationId organization, MemberId id, Role role) {
        return rooms.database().writer().write(organization.text(), tx -> {
            Member member = rooms.members().find(tx, organization, id).orElseThrow(() -> Inputs.absent("member"));
            Change change = rooms.members().setRole(tx, organization, id, role);
            if (change != Change.DONE) {
                throw MemberChanges.lastOwner();
            }
            rooms.access().forgetMember(tx, organization, id);
            Map<String, String> facts =
                    Map.of("role", role.wire(), "was", member.role().wire());
            rooms.trail().write(tx, by.about(organization), "member.role", "member:" + id, facts);
            return MemberBody.of(rooms.members().find(tx, organization, id).orElseThrow());
        });
    }

    /** A link with which somebody becomes a member, once; shown once. */
    public Object invite(Actor by, OrganizationId organization, @Nullable Email email, Role role) {
        Invitations.Made made = rooms.database().writer().write(organization.text(), tx -> {
            Invitations.Made fresh = rooms.invitations().invite(tx, organization, email, role, by);
            rooms.trail()
                    .write(
                            tx,
                            by.about(organization),
                            "invitation.create",
                            "invitation:" + fresh.invitation().id(),
                            Map.of("role", role.wire()));
            return fresh;
        });
        return InvitationBody.of(made.invitation(), made.token(), INVITATION_PAGE + made.token());
    }

    /** The last 200 invitations, newest first. */
    public Object invitations(OrganizationId organization) {
        return PageBody.of(
                rooms.database().read(tx -> rooms.invitations().list(tx, organization)).stream()
                        .map(one -> InvitationBody.of(one, null, null))
                        .toList(),
                null);
    }

    /** Revokes an open invitation. */
    public Object revoke(Actor by, OrganizationId organization, InvitationId id) {
        return rooms.database().writer().write(organization.text(), tx -> {
            if (!rooms.invitations().revoke(tx, organization, id)) {
                throw Inputs.absent("open invitation");
            }
            rooms.trail().write(tx, by.about(organization), "invitation.revoke", "invitation:" + id, Map.of());
            return DeletedBody.of("invitation", id.text());
        });
    }

    private void require(Tx tx, PersonId person) {
        if (rooms.people().find(tx, person).isEmpty()) {
            throw Inputs.absent("person");
        }
    }
}
