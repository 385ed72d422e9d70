package dev.millrace.console.account;

import dev.millrace.access.people.Member;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;

/** {@code GET /console/members}: who belongs to the organization, as what. */
final class MemberPage {
    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    MemberPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        List<Member> members = rooms.database()
                .read(tx -> rooms.members().list(tx, visitor.caller().organization()));
        return pages.personal(
                request,
                200,
                new Content(
                        "account/members.jte",
                        "Members",
                        "Who belongs to the organization.",
                        null,
                        Map.of("members", members)),
                Visitors.told(visitor));
    }
}
