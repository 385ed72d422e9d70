package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Person;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;

/** Passwords that were forgotten: whoever runs the installation makes a link, and its holder sets a new one. */
final class PasswordRoutes {
    static final Form LINK = Form.object().needs("email", "string", "The address of the person.");

    static final Form RESET = Form.object()
            .needs("token", "string", "What the link says, mp_….")
            .needs("password", "string", "The new password. Every session ends.");

    private static final String PAGE = "/console/password?token=";

    private final PeopleRooms rooms;

    PasswordRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response link(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(LINK.names(), "");
        Email email = Inputs.email(body, "email");
        String token = rooms.database().writer().write(email.text(), tx -> {
            Person person = rooms.people().find(tx, email).orElseThrow(() -> Inputs.absent("person"));
            OperatorPeople.requireReach(tx, rooms, caller, person);
            rooms.trail().write(tx, caller.actor(), "person.password_link", "person:" + person.id(), Map.of());
            return rooms.passwordLinks().make(tx, person);
        });
        return Response.json(201, new PasswordLinkBody("password_link", token, request.baseUrl() + PAGE + token));
    }

    Response reset(Request request) {
        String address = request.remoteAddress();
        rooms.attempts().check(address);
        Fields body = Fields.of(request.body()).only(RESET.names(), "");
        int ended = rooms.passwordChanges().byLink(body.text("token"), body.text("password"), address);
        return Response.json(200, EndedBody.sessions(ended));
    }
}
