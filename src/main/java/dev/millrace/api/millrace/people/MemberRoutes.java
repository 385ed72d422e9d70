package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Role;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Member;
import dev.millrace.access.people.Members.Change;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;

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
        Member changed = rooms.database().writer().write(caller.organization().text(), tx -> {
            Member member = named(tx, caller, request);
            Hosts.within(caller, member.role());
            Hosts.within(caller, role);
            done(rooms.members().setRole(tx, caller.organization(), member.id(), role));
            rooms.trail()
                    .write(
                            tx,
                            caller.actor(),
                            "member.role",
                            "member:" + member.id(),
                            Map.of("role", role.wire(), "was", member.role().wire()));
            return named(tx, caller, request);
        });
        return Response.json(200, MemberBody.of(changed));
    }

    /** Whoever leaves takes the keys along that he answered for. */
    Response remove(Request request) {
        Caller caller = rooms.callers().caller(request);
        Member removed = rooms.database().writer().write(caller.organization().text(), tx -> {
            Member member = named(tx, caller, request);
            Hosts.within(caller, member.role());
            done(rooms.members().remove(tx, caller.organization(), member.id()));
            long keys = rooms.access().ofMember(tx, caller.organization(), member.id()).stream()
                    .filter(key -> rooms.access().revoke(tx, caller.organization(), key))
                    .count();
            rooms.trail()
                    .write(
                            tx,
                            caller.actor(),
                            "member.remove",
                            "member:" + member.id(),
                            Map.of("person", member.person().text(), "keys_revoked", Long.toString(keys)));
            return member;
        });
        return Response.json(200, DeletedBody.of("member", removed.id().text()));
    }

    private Member named(Tx tx, Caller caller, Request request) {
        return MemberId.parse(request.pathParam("id"))
                .flatMap(id -> rooms.members().find(tx, caller.organization(), id))
                .orElseThrow(() -> Inputs.absent("member"));
    }

    private static void done(Change change) {
        switch (change) {
            case DONE -> {}
            case ABSENT -> throw Inputs.absent("member");
            case LAST_OWNER -> throw lastOwner();
        }
    }

    static ProblemException lastOwner() {
        return Forbidden.LAST_OWNER.exception("An organization keeps an owner: make somebody else an owner first.");
    }
}
