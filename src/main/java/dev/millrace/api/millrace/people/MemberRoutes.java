package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Role;
import dev.millrace.access.people.Member;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;

/** The members of the caller's organization. Nobody gives or takes a role that may do more than his own. */
final class MemberRoutes {
    static final Form CHANGE = Form.object().needs("role", "string", "owner, admin, developer, billing or viewer.");

    private final PeopleRooms rooms;

    MemberRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response list(Request request) {
        Caller caller = rooms.callers().caller(request);
        List<Member> all = rooms.database().read(tx -> rooms.members().list(tx, caller.organization()));
        return Response.json(200, PageBody.of(all.stream().map(MemberBody::of).toList(), null));
    }

    Response one(Request request) {
        Caller caller = rooms.callers().caller(request);
        return Response.json(200, MemberBody.of(rooms.database().read(tx -> named(tx, caller, request))));
    }

    Response change(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(CHANGE.names(), "");
        Role role = Inputs.role(body, "role");
        return Response.json(200, MemberBody.of(rooms.memberChanges().setRole(caller, id(request), role)));
    }

    /** Whoever leaves takes the keys along that he answered for. */
    Response remove(Request request) {
        Caller caller = rooms.callers().caller(request);
        Member removed = rooms.memberChanges().remove(caller, id(request));
        return Response.json(200, DeletedBody.of("member", removed.id().text()));
    }

    private static MemberId id(Request request) {
        return MemberId.parse(request.pathParam("id")).orElseThrow(() -> Inputs.absent("member"));
    }

    private Member named(Tx tx, Caller caller, Request request) {
        return rooms.members().find(tx, caller.organization(), id(request)).orElseThrow(() -> Inputs.absent("member"));
    }
}
