package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Role;
import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Guest;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Invitation;
import dev.millrace.access.people.Invitation.State;
import dev.millrace.access.people.Membership;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.InvitationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inviting people into an organization, and coming in. */
final class InvitationRoutes {
    static final Form INVITE = Form.object()
            .needs("role", "string", "owner, admin, developer, billing or viewer; it stays as it is invited.")
            .takes("email", "string", "Whom it is for alone; otherwise whoever has the link.");

    static final Form TOKEN = Form.object().needs("token", "string", "What the link says, mi_….");

    private static final String PAGE = "/console/invitation?token=";

    private final PeopleRooms rooms;

    InvitationRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response invite(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(INVITE.names(), "");
        Role role = Inputs.role(body, "role");
        @Nullable Email email = body.has("email") ? Inputs.email(body, "email") : null;
        Hosts.Sent sent = rooms.hosts().invite(caller, email, role);
        String token = sent.token();
        return Response.json(
                201,
                InvitationBody.of(sent.invitation(), token, token == null ? null : request.baseUrl() + PAGE + token));
    }

    Response list(Request request) {
        Caller caller = rooms.callers().caller(request);
        List<Invitation> all = rooms.database().read(tx -> rooms.invitations().list(tx, caller.organization()));
        return Response.json(
                200,
                PageBody.of(
                        all.stream()
                                .map(one -> InvitationBody.of(one, null, null))
                                .toList(),
                        null));
    }

    Response revoke(Request request) {
        Caller caller = rooms.callers().caller(request);
        InvitationId id =
                InvitationId.parse(request.pathParam("id")).orElseThrow(() -> Inputs.absent("open invitation"));
        if (!rooms.hosts().revoke(caller, id)) {
            throw Inputs.absent("open invitation");
        }
        return Response.json(200, DeletedBody.of("invitation", id.text()));
    }

    /** What the link leads to, for a page that asks whether to come in. */
    Response look(Request request) {
        rooms.attempts().check(request.remoteAddress());
        String token = Fields.of(request.body()).only(TOKEN.names(), "").text("token");
        Guest seen = rooms.database()
                .read(tx -> rooms.guests().look(tx, token))
                .filter(one -> one.invitation().state() == State.OPEN)
                .orElseThrow(() -> {
                    rooms.attempts().tried(request.remoteAddress());
                    return Unauthenticated.LINK.exception();
                });
        Email email = seen.invitation().email();
        return Response.json(
                200,
                new GuestBody(
                        "invitation",
                        seen.organization(),
                        seen.invitation().role().wire(),
                        email == null ? null : email.text(),
                        seen.invitation().expiresAt().toString()));
    }

    Response accept(Request request) {
        SignedIn who = rooms.callers().person(request);
        String token = Fields.of(request.body()).only(TOKEN.names(), "").text("token");
        Membership joined = rooms.database().writer().write(who.person().id().text(), tx -> {
            Membership in = rooms.guests().join(tx, token, who.person(), who.address());
            rooms.sessions().choose(tx, who.session().id(), in.organization());
            return in;
        });
        return Response.json(201, MembershipBody.of(joined));
    }
}
