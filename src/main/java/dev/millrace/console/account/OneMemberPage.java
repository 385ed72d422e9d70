package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyState;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.Suspendable;
import dev.millrace.access.people.Member;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;

/** {@code /console/members/{id}}: what one member is, the keys that he answers for, and for who may, another role, a suspension, the end. */
public final class OneMemberPage {
    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    OneMemberPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * What the page says.
     *
     * @param suspended why he is suspended; empty while he is not
     * @param self whether the reader looks at himself
     * @param keys that he answers for, but for those that were revoked; none where the reader sees no keys
     * @param roles that the reader may give him
     * @param changeable whether the reader may change him
     */
    public record View(
            String id,
            String name,
            String email,
            String role,
            String since,
            String suspended,
            boolean self,
            List<KeyLine> keys,
            List<String> roles,
            boolean changeable,
            String message,
            boolean failed) {}

    /** What came of a form. */
    private record Told(String message, boolean failed) {
        static final Told NOTHING = new Told("", false);
    }

    private interface Deed {
        String done(Caller caller, MemberId id, FormBody form);
    }

    /** {@code GET /console/members/{id}}. */
    Response show(Request request) {
        return show(request, visitors.enter(request), 200, Told.NOTHING);
    }

    /** {@code POST /console/members/{id}/role}. */
    Response role(Request request) {
        return answer(request, (caller, id, form) -> {
            Role role = Role.parse(form.text("role"))
                    .orElseThrow(() -> Problem.parameter("role", "must be one of those in the list.")
                            .toException());
            rooms.doors().memberChanges().setRole(caller, id, role);
            return "The role is " + role.wire() + " now, and keys that could do more do no more than that.";
        });
    }

    /** {@code POST /console/members/{id}/suspend}. */
    Response suspend(Request request) {
        return answer(request, (caller, id, form) -> {
            rooms.database().writer().<Boolean>write(caller.organization().text(), tx -> {
                rooms.doors().memberChanges().suspendable(tx, caller, id);
                return suspended(tx, caller, id, form.text("reason"));
            });
            return "Neither the person nor the keys get in from now on, and what they have queued is canceled.";
        });
    }

    private boolean suspended(Tx tx, Caller caller, MemberId id, String reason) {
        try {
            return rooms.organization()
                    .suspender()
                    .suspend(tx, caller.actor(), caller.organization(), new Suspendable.OfMember(id), reason, false);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("reason", "will not do: " + e.getMessage() + ".")
                    .toException();
        }
    }

    /** {@code POST /console/members/{id}/resume}. */
    Response resume(Request request) {
        return answer(request, (caller, id, form) -> {
            rooms.database().writer().<Boolean>write(caller.organization().text(), tx -> {
                rooms.doors().memberChanges().resumable(tx, caller, id);
                return rooms.organization()
                        .suspender()
                        .resume(tx, caller.actor(), caller.organization(), new Suspendable.OfMember(id), false);
            });
            return "The person and the keys are let in again. What was canceled stays so.";
        });
    }

    /** {@code POST /console/members/{id}/remove}. */
    Response remove(Request request) {
        Visitor visitor = visitors.enter(request);
        var unused = FormBody.of(request, visitor.token());
        try {
            rooms.doors().memberChanges().remove(visitor.caller(), id(request));
        } catch (ProblemException refused) {
            return refused(request, visitor, refused);
        }
        return Answers.to(id(request).equals(visitor.caller().member()) ? Visitors.HOME : MemberPage.PATH);
    }

    private Response answer(Request request, Deed deed) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        String message;
        try {
            message = deed.done(visitor.caller(), id(request), form);
        } catch (ProblemException refused) {
            return refused(request, visitor, refused);
        }
        // Who changed himself sees what he is now.
        return show(request, visitors.again(request), 200, new Told(message, false));
    }

    private Response refused(Request request, Visitor visitor, ProblemException refused) {
        Problem problem = refused.problem();
        if (problem.code() == ProblemCode.NOT_FOUND) {
            throw refused;
        }
        return show(request, visitor, problem.code().status(), new Told(Blunder.told(problem), true));
    }

    private Response show(Request request, Visitor visitor, int status, Told told) {
        View view = rooms.database().read(tx -> view(tx, visitor.caller(), id(request), told));
        return pages.personal(
                request,
                status,
                new Content("account/member.jte", view.name(), "A member.", null, Map.of("page", view)),
                Visitors.told(visitor));
    }

    private View view(Tx tx, Caller caller, MemberId id, Told told) {
        Member member = rooms.members()
                .find(tx, caller.organization(), id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such member."));
        String excluded = member.excluded();
        return new View(
                id.text(),
                member.name(),
                member.email().text(),
                member.role().wire(),
                Moments.of(member.since()),
                excluded == null ? "" : excluded,
                id.equals(caller.member()),
                caller.may(Permission.READ_KEYS) ? keys(tx, caller, id) : List.of(),
                KeyPage.roles(caller),
                caller.may(Permission.MANAGE_MEMBERS) && caller.role().covers(member.role()),
                told.message(),
                told.failed());
    }

    private List<KeyLine> keys(Tx tx, Caller caller, MemberId id) {
        return rooms.keyring().access().list(tx, caller.organization()).stream()
                .filter(key -> id.equals(key.spec().member()) && key.state() != KeyState.REVOKED)
                .map(key -> KeyPages.line(key, null, false))
                .toList();
    }

    private static MemberId id(Request request) {
        return MemberId.parse(request.pathParam("id"))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such member."));
    }
}
