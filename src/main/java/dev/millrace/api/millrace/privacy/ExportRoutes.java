package dev.millrace.api.millrace.privacy;

import dev.millrace.access.Caller;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.id.PersonId;
import dev.millrace.privacy.Exports;
import dev.millrace.privacy.Found;
import dev.millrace.privacy.Subject;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.Actor;
import java.util.List;

/** Hands out archives, finds what belongs to whom, and says whom to ask. */
final class ExportRoutes {
    private static final int SOUGHT_MAX = 300;

    private final PrivacyApi.Rooms rooms;
    private final Subjects subjects;

    ExportRoutes(PrivacyApi.Rooms rooms, Subjects subjects) {
        this.rooms = rooms;
        this.subjects = subjects;
    }

    Response myself(Request request) {
        SignedIn who = rooms.callers().person(request);
        return archive(new Subject.OfPerson(who.person().id()), who.actor());
    }

    Response person(Request request) {
        Caller caller = rooms.callers().caller(request);
        PersonId id = PersonId.parse(request.pathParam("id")).orElseThrow(() -> Subjects.absent("person"));
        return archive(new Subject.OfPerson(id), caller.actor());
    }

    Response organization(Request request) {
        Caller caller = rooms.callers().caller(request);
        return archive(new Subject.OfOrganization(subjects.organization(request, caller)), caller.actor());
    }

    Response find(Request request) {
        rooms.callers().caller(request);
        String sought = request.query("q").orElse("").strip();
        if (sought.isEmpty() || sought.length() > SOUGHT_MAX) {
            throw Fields.wrong(
                    "q", "required", "must be an address, an id, a key's first letters or an invoice's number.");
        }
        List<Found> found = rooms.database().read(tx -> rooms.finder().find(tx, sought));
        return Response.json(200, PageBody.of(found.stream().map(FoundBody::of).toList(), null));
    }

    Response contacts(Request request) {
        return Response.json(200, rooms.contacts());
    }

    private Response archive(Subject subject, Actor by) {
        Exports.Ready ready = rooms.exports().of(subject, by);
        return Response.written("application/zip", ready::write)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + subject.kind() + "-" + subject.id() + ".zip\"")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }
}
