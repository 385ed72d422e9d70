package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Organization;
import dev.millrace.access.Suspendable;
import dev.millrace.access.people.Member;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Suspends and resumes members, for who manages them, and organizations, for the operator. */
final class SuspensionRoutes {
    /**
     * How somebody stands now; {@code reason} and {@code since} are null for who is not suspended.
     *
     * @param changed whether this request made it so; false where it was so already
     */
    record StandingBody(
            String object,
            String id,
            boolean suspended,
            boolean changed,
            @Nullable String reason,
            @Nullable String since) {}

    private final KeyRooms rooms;

    SuspensionRoutes(KeyRooms rooms) {
        this.rooms = rooms;
    }

    Response suspendMember(Request request) {
        Caller caller = rooms.callers().caller(request);
        String reason = Bodies.reason(request);
        return member(
                request,
                caller,
                rooms.memberChanges()::suspendable,
                (tx, who) -> Bodies.checked(() ->
                        rooms.suspender().suspend(tx, caller.actor(), caller.organization(), who, reason, false)));
    }

    Response resumeMember(Request request) {
        Caller caller = rooms.callers().caller(request);
        return member(
                request,
                caller,
                rooms.memberChanges()::resumable,
                (tx, who) -> rooms.suspender().resume(tx, caller.actor(), caller.organization(), who, false));
    }

    Response suspendOrganization(Request request) {
        Caller caller = rooms.callers().caller(request);
        String reason = Bodies.reason(request);
        return organization(
                request,
                (tx, organization) -> Bodies.checked(() -> rooms.suspender()
                        .suspend(
                                tx,
                                caller.actor(),
                                organization,
                                new Suspendable.OfOrganization(organization),
                                reason,
                                true)));
    }

    Response resumeOrganization(Request request) {
        Caller caller = rooms.callers().caller(request);
        return organization(
                request,
                (tx, organization) -> rooms.suspender()
                        .resume(tx, caller.actor(), organization, new Suspendable.OfOrganization(organization), true));
    }

    /** What is done to whoever was named. */
    private interface Deed<W> {
        boolean done(Tx tx, W who);
    }

    /** Finds the member whom the caller may do that to. */
    private interface Reach {
        Member member(Tx tx, Caller caller, MemberId id);
    }

    private Response member(Request request, Caller caller, Reach reach, Deed<Suspendable> deed) {
        MemberId id = MemberId.parse(request.pathParam("id"))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such member."));
        return rooms.database().writer().write(caller.organization().text(), tx -> {
            Member member = reach.member(tx, caller, id);
            var who = new Suspendable.OfMember(member.id());
            boolean changed = deed.done(tx, who);
            return standing(tx, "member", member.id().text(), who, changed);
        });
    }

    private Response organization(Request request, Deed<OrganizationId> deed) {
        Optional<OrganizationId> id = OrganizationId.parse(request.pathParam("id"));
        return rooms.database().writer().write(id.map(OrganizationId::text).orElse(""), tx -> {
            Organization found = id.flatMap(named -> rooms.organizations().find(tx, named))
                    .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
            if (found.operator()) {
                throw Forbidden.ROLE.exception("The organization that runs this installation can not be suspended.");
            }
            boolean changed = deed.done(tx, found.id());
            return standing(tx, "organization", found.id().text(), new Suspendable.OfOrganization(found.id()), changed);
        });
    }

    private Response standing(Tx tx, String object, String id, Suspendable who, boolean changed) {
        return rooms.suspender()
                .suspensions()
                .find(tx, who)
                .map(suspension -> new StandingBody(
                        object,
                        id,
                        true,
                        changed,
                        suspension.reason(),
                        suspension.since().toString()))
                .map(body -> Response.json(200, body))
                .orElseGet(() -> Response.json(200, new StandingBody(object, id, false, changed, null, null)));
    }
}
