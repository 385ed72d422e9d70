package dev.millrace.api.millrace.privacy;

import dev.millrace.access.Caller;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.privacy.Departure;
import dev.millrace.privacy.Subject;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Erases people and organizations, and shows what came of it. */
final class ErasureRoutes {
    static final Form MYSELF = Form.object()
            .takes("password", "string", "The person's password; needed where there is one.")
            .takes("code", "string", "Of the authenticator, or a recovery code; needed where signing in takes one.");

    static final Form PERSON =
            Form.object().needs("reason", "string", "Why, as the number of a ticket. It is kept: name nobody.");

    static final Form ORGANIZATION = Form.object()
            .needs("name", "string", "The name of the organization, letter by letter: it can not be undone.")
            .takes("reason", "string", "Why, as the number of a ticket. It is kept: name nobody.");

    private static final int SHOWN = 200;

    private final PrivacyApi.Rooms rooms;
    private final Confirmation confirmation;
    private final Subjects subjects;

    ErasureRoutes(PrivacyApi.Rooms rooms, Subjects subjects) {
        this.rooms = rooms;
        this.confirmation = new Confirmation(rooms);
        this.subjects = subjects;
    }

    Response myself(Request request) {
        SignedIn who = rooms.callers().person(request);
        Fields body = Fields.of(request.body()).only(MYSELF.names(), "");
        confirmation.check(who, body);
        return answer(200, rooms.departures().person(who.person().id(), "asked by the person", who.actor()));
    }

    Response person(Request request) {
        Caller caller = rooms.callers().caller(request);
        String reason = Fields.of(request.body()).only(PERSON.names(), "").text("reason");
        PersonId id = PersonId.parse(request.pathParam("id")).orElseThrow(() -> Subjects.absent("person"));
        return answer(200, rooms.departures().person(id, reason, caller.actor()));
    }

    Response organization(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(ORGANIZATION.names(), "");
        OrganizationId id = subjects.organization(request, caller);
        String name = body.text("name");
        boolean same = rooms.database()
                .read(tx -> rooms.organizations().find(tx, id).orElseThrow())
                .name()
                .equals(name);
        boolean begun = rooms.departures().find(new Subject.OfOrganization(id)).isPresent();
        if (!same && !begun) {
            throw Fields.wrong("name", "value", "is not the name of this organization.");
        }
        String reason = body.textOrNull("reason");
        return answer(
                202,
                rooms.departures().organization(id, reason == null ? "asked by its owner" : reason, caller.actor()));
    }

    Response list(Request request) {
        rooms.callers().caller(request);
        return Response.json(
                200,
                PageBody.of(
                        rooms.departures().list(SHOWN).stream()
                                .map(ErasureBody::of)
                                .toList(),
                        null));
    }

    Response one(Request request) {
        rooms.callers().caller(request);
        Departure found = Subject.parse(request.pathParam("subject"))
                .flatMap(rooms.departures()::find)
                .orElseThrow(() -> Subjects.absent("erasure"));
        return answer(200, found);
    }

    private static Response answer(int status, Departure departure) {
        return Response.json(status, ErasureBody.of(departure));
    }
}
