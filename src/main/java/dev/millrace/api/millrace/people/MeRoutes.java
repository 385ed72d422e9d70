package dev.millrace.api.millrace.people;

import dev.millrace.access.Forbidden;
import dev.millrace.access.Permission;
import dev.millrace.access.people.Membership;
import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;

/** Whoever is signed in, about himself. */
final class MeRoutes {
    static final Form CHANGE = Form.object()
            .takes("name", "string", "What to call the person.")
            .takes("organization", "string", "The organization that this session is about from now on.");

    static final Form PASSWORD = Form.object()
            .takes("current_password", "string", "The password until now; not needed where there was none.")
            .needs("password", "string", "The new one. Every other session ends.");

    static final Form ORGANIZATION = Form.object().needs("name", "string", "What it is called.");

    private final PeopleRooms rooms;

    MeRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response show(Request request) {
        return Response.json(200, PersonBody.of(rooms.callers().person(request).person()));
    }

    Response change(Request request) {
        SignedIn who = rooms.callers().person(request);
        Fields body = Fields.of(request.body()).only(CHANGE.names(), "");
        Person changed = rooms.database().writer().write(who.person().id().text(), tx -> {
            if (body.has("name")) {
                String name = body.text("name");
                Inputs.named(
                        "name", () -> rooms.people().rename(tx, who.person().id(), name));
                rooms.trail()
                        .write(
                                tx,
                                who.actor(),
                                "person.rename",
                                "person:" + who.person().id(),
                                Map.of());
            }
            if (body.has("organization")) {
                choose(tx, who, body.text("organization"));
            }
            return rooms.people().find(tx, who.person().id()).orElseThrow();
        });
        return Response.json(200, PersonBody.of(changed));
    }

    private void choose(Tx tx, SignedIn who, String organization) {
        OrganizationId id = OrganizationId.parse(organization)
                .filter(one -> rooms.members().of(tx, who.person().id(), one).isPresent())
                .orElseThrow(() -> Fields.wrong("organization", "value", "must be one that you belong to."));
        rooms.sessions().choose(tx, who.session().id(), id);
    }

    Response password(Request request) {
        SignedIn who = rooms.callers().person(request);
        Fields body = Fields.of(request.body()).only(PASSWORD.names(), "");
        String current = who.person().hasPassword() ? body.text("current_password") : "";
        int ended = rooms.passwordChanges().own(who, current, body.text("password"));
        return Response.json(200, EndedBody.sessions(ended));
    }

    Response organizations(Request request) {
        SignedIn who = rooms.callers().person(request);
        List<Membership> all =
                rooms.database().read(tx -> rooms.members().of(tx, who.person().id()));
        return Response.json(
                200, PageBody.of(all.stream().map(MembershipBody::of).toList(), null));
    }

    /** Another organization of one's own, where anybody may have one, or for who runs the installation. */
    Response found(Request request) {
        SignedIn who = rooms.callers().person(request);
        Fields body = Fields.of(request.body()).only(ORGANIZATION.names(), "");
        String name = body.text("name");
        Membership made = rooms.database().writer().write(who.person().id().text(), tx -> {
            boolean operator = rooms.members().of(tx, who.person().id()).stream()
                    .anyMatch(one -> one.standing().may(Permission.OPERATE));
            if (rooms.settings().signUp() == SignUpPolicy.CLOSED && !operator) {
                throw Forbidden.SIGN_UP.exception("Only whoever runs this makes organizations here.");
            }
            OrganizationId id = Inputs.named(
                    "name", () -> SignUpRoutes.another(rooms, tx, who.person().id(), name, who.address()));
            rooms.sessions().choose(tx, who.session().id(), id);
            return rooms.members().of(tx, who.person().id(), id).orElseThrow();
        });
        return Response.json(201, MembershipBody.of(made));
    }
}
