package dev.millrace.api.millrace.people;

import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.Session;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.SessionId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;

/** Signing in and out, and the sessions of whoever is signed in. */
final class SessionRoutes {
    static final Form FORM = Form.object()
            .needs("email", "string", "The address of the person.")
            .needs("password", "string", "The password.")
            .takes(
                    "code",
                    "string",
                    "What the authenticator shows, or a recovery code, where signing in takes two steps.");

    private static final String CURRENT = "current";

    private final PeopleRooms rooms;

    SessionRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response open(Request request) {
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        return Response.json(
                201,
                NewSessionBody.of(
                        rooms.signIn()
                                .withPassword(
                                        Inputs.email(body, "email"),
                                        body.text("password"),
                                        body.has("code") ? body.text("code") : null,
                                        Client.of(request)),
                        null));
    }

    Response list(Request request) {
        SignedIn who = rooms.callers().person(request);
        List<Session> sessions = rooms.database()
                .read(tx -> rooms.sessions().list(tx, who.person().id()));
        return Response.json(
                200,
                PageBody.of(
                        sessions.stream()
                                .map(session ->
                                        SessionBody.of(session, who.session().id()))
                                .toList(),
                        null));
    }

    /** {@code current} is the session that the request came with. */
    Response end(Request request) {
        SignedIn who = rooms.callers().person(request);
        String named = request.pathParam("id");
        SessionId id = named.equals(CURRENT)
                ? who.session().id()
                : SessionId.parse(named).orElseThrow(() -> Inputs.absent("session"));
        if (!rooms.signOuts().one(who, id)) {
            throw Inputs.absent("session");
        }
        return Response.json(200, DeletedBody.of("session", id.text()));
    }

    Response endAll(Request request) {
        SignedIn who = rooms.callers().person(request);
        return Response.json(200, EndedBody.sessions(rooms.signOuts().all(who, null)));
    }
}
