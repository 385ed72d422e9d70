package dev.millrace.api.millrace.people;

import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Showing that an e-mail address is one's own, and asking for a password's link by mail. */
final class EmailRoutes {
    static final Form TOKEN = Form.object().needs("token", "string", "What the link says, mv_….");
    static final Form FORGOTTEN = Form.object().needs("email", "string", "The address that signs in.");

    private final PeopleRooms rooms;

    EmailRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response again(Request request) {
        SignedIn who = rooms.callers().person(request);
        boolean sent = rooms.proofs().again(who);
        return sent
                ? Response.json(202, LetterBody.sent(who.person().email()))
                : Response.json(200, PersonBody.of(who.person()));
    }

    Response prove(Request request) {
        String token = Fields.of(request.body()).only(TOKEN.names(), "").text("token");
        Person person = rooms.proofs().prove(token, request.remoteAddress());
        return Response.json(200, PersonBody.of(person));
    }

    Response forgotten(Request request) {
        Fields body = Fields.of(request.body()).only(FORGOTTEN.names(), "");
        var email = Inputs.email(body, "email");
        rooms.proofs().forgotten(email, request.remoteAddress());
        return Response.json(202, LetterBody.sent(email));
    }
}
