package dev.millrace.api.millrace.people;

import dev.millrace.access.Forbidden;
import dev.millrace.access.Organizations;
import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.signin.Newcomers;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.Actor;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/v1/signup}: somebody new, with an organization of his own. */
final class SignUpRoutes {
    static final Form FORM = Form.object()
            .needs("email", "string", "The address that signs in.")
            .needs("password", "string", "At least ten letters, unless the operator wants more.")
            .needs("name", "string", "What to call the person.")
            .takes("invitation", "string", "What an invitation's link says: joins, and makes no organization.")
            .takes("organization", "string", "What to call the person's organization; otherwise after the person.");

    private final PeopleRooms rooms;

    SignUpRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response signUp(Request request) {
        Client client = Client.of(request);
        rooms.attempts().check(client.address());
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        String invitation = body.has("invitation") ? body.text("invitation") : "";
        if (rooms.settings().signUp() == SignUpPolicy.CLOSED && invitation.isEmpty()) {
            throw Forbidden.SIGN_UP.exception(
                    "Nobody signs up here without an invitation. Ask whoever runs this for one.");
        }
        Email email = Inputs.email(body, "email");
        String name = body.text("name");
        String organization = body.has("organization") ? body.text("organization") : name;
        String password = body.text("password");
        Optional<Newcomers.Arrival> arrived;
        if (invitation.isEmpty()) {
            var unused = Inputs.named("organization", () -> Organizations.checkedName(organization));
            arrived = rooms.newcomers()
                    .open(
                            email,
                            name,
                            password,
                            client,
                            (tx, person) -> found(tx, person.id(), organization, client.address()));
        } else {
            arrived = Optional.of(rooms.newcomers().invited(invitation, email, name, password, client));
        }
        return arrived.map(one -> Response.json(201, NewSessionBody.of(one.entry(), one.organization())))
                .orElseGet(() -> Response.json(202, LetterBody.sent(email)));
    }

    private OrganizationId found(Tx tx, PersonId owner, String name, String address) {
        OrganizationId id = Inputs.named("organization", () -> rooms.founding().found(tx, name));
        rooms.members().add(tx, id, owner, Role.OWNER);
        Actor actor = Actor.person(owner, id, address);
        rooms.trail().write(tx, actor, "organization.create", "organization:" + id, Map.of());
        return id;
    }

    /** Another organization, for somebody who is here already. */
    static OrganizationId another(PeopleRooms rooms, Tx tx, PersonId owner, String name, String address) {
        return new SignUpRoutes(rooms).found(tx, owner, name, address);
    }
}
