package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Invitation;
import dev.millrace.access.people.Invitation.State;
import dev.millrace.access.people.Member;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.InvitationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /console/members}: who belongs to the organization, as what, and who is invited. */
public final class MemberPage {
    static final String PATH = "/console/members";

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    MemberPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** An invitation that is open. */
    public record Open(String id, String whom, String role, String made, String until) {
        static Open of(Invitation invitation) {
            Email email = invitation.email();
            return new Open(
                    invitation.id().text(),
                    email == null ? "whoever has the link" : email.text(),
                    invitation.role().wire(),
                    Moments.of(invitation.createdAt()),
                    Moments.of(invitation.expiresAt()));
        }
    }

    /** What came of inviting: the link that is shown this once, or the address that it went to. */
    private record Told(String link, String sentTo, String failure) {
        static final Told NOTHING = new Told("", "", "");
    }

    /** {@code GET /console/members}. */
    Response show(Request request) {
        return show(request, visitors.enter(request), 200, Told.NOTHING);
    }

    /** {@code POST /console/members/invitations}. */
    Response invite(Request request) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        try {
            Role role = Role.parse(form.text("role"))
                    .orElseThrow(() -> Problem.parameter("role", "must be one of those in the list.")
                            .toException());
            @Nullable Email email = form.text("email").isEmpty() ? null : SignInPages.email(form.text("email"));
            Hosts.Sent sent = rooms.doors().hosts().invite(visitor.caller(), email, role);
            String token = sent.token();
            Told told = token == null
                    ? new Told("", email == null ? "" : email.text(), "")
                    : new Told(request.baseUrl() + InvitationPage.PATH + "?token=" + token, "", "");
            return show(request, visitor, 201, told);
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return show(request, visitor, problem.code().status(), new Told("", "", Blunder.told(problem)));
        }
    }

    /** {@code POST /console/members/invitations/{id}/revoke}. */
    Response revoke(Request request) {
        Visitor visitor = visitors.enter(request);
        var unused = FormBody.of(request, visitor.token());
        boolean revoked = InvitationId.parse(request.pathParam("id"))
                .filter(id -> rooms.doors().hosts().revoke(visitor.caller(), id))
                .isPresent();
        if (!revoked) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such open invitation.");
        }
        return Answers.to(PATH);
    }

    private Response show(Request request, Visitor visitor, int status, Told told) {
        Caller caller = visitor.caller();
        record Read(List<Member> members, List<Open> open) {}
        Read read = rooms.database()
                .read(tx -> new Read(
                        rooms.members().list(tx, caller.organization()),
                        rooms.doors().invitations().list(tx, caller.organization()).stream()
                                .filter(one -> one.state() == State.OPEN)
                                .map(Open::of)
                                .toList()));
        return pages.personal(
                request,
                status,
                new Content(
                        "account/members.jte",
                        "Members",
                        "Who belongs to the organization.",
                        null,
                        Map.of(
                                "members",
                                read.members(),
                                "open",
                                read.open(),
                                "roles",
                                KeyPage.roles(caller),
                                "may",
                                caller.may(Permission.MANAGE_MEMBERS),
                                "mails",
                                rooms.doors().proofs().on(),
                                "link",
                                told.link(),
                                "sentTo",
                                told.sentTo(),
                                "failure",
                                told.failure())),
                Visitors.told(visitor));
    }
}
