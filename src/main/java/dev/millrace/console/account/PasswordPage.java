package dev.millrace.console.account;

import dev.millrace.access.people.Person;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;
import java.util.Optional;

/** {@code /console/password?token=}: where a password is set by the link that somebody was given. */
public final class PasswordPage {
    private static final int GONE = 410;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    PasswordPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * What the page says.
     *
     * @param stands {@code open}, {@code expired}, {@code over} for a link that was used, was replaced or never was, or {@code done}
     * @param first whether there is no password yet
     * @param ended how many sessions ended with the former password
     */
    public record View(
            String stands,
            String email,
            boolean first,
            String link,
            int ended,
            String failure,
            String token,
            int least) {}

    /** {@code GET /console/password}. */
    Response show(Request request) {
        return show(request, request.query("token").orElse(""), "", 200);
    }

    /** {@code POST /console/password}: whoever has set it signs in with it, by a second step where there is one. */
    Response set(Request request) {
        String secret = visitors.formSecret(request);
        FormBody form = FormBody.of(request, secret);
        String link = form.text("token");
        try {
            if (!form.exact("password").equals(form.exact("again"))) {
                return show(request, link, "The two passwords are not the same.", 400);
            }
            int ended = rooms.doors().passwords().byLink(link, form.exact("password"), request.remoteAddress());
            View done = new View("done", "", false, "", ended, "", FormToken.of(secret), 0);
            return Visitors.forget(page(request, 200, done), request);
        } catch (ProblemException refused) {
            return show(
                    request,
                    link,
                    Blunder.told(refused.problem()),
                    refused.problem().code().status());
        }
    }

    private Response show(Request request, String link, String failure, int status) {
        rooms.attempts().check(request.remoteAddress());
        Optional<Person> holder = rooms.doors().passwords().holder(link);
        String secret = visitors.formSecret(request);
        if (holder.isPresent()) {
            Person person = holder.get();
            View open = new View(
                    "open",
                    person.email().text(),
                    !person.hasPassword(),
                    link,
                    0,
                    failure,
                    FormToken.of(secret),
                    rooms.settings().passwordLeast());
            return answer(request, status, open, secret);
        }
        rooms.attempts().tried(request.remoteAddress());
        String stands = rooms.doors().passwords().expired(link) ? "expired" : "over";
        return answer(request, GONE, new View(stands, "", false, "", 0, "", FormToken.of(secret), 0), secret);
    }

    private Response answer(Request request, int status, View view, String secret) {
        return visitors.keepForm(page(request, status, view), request, secret);
    }

    private Response page(Request request, int status, View view) {
        return pages.personal(
                request,
                status,
                new Content("account/password.jte", "Password", "A new password.", null, Map.of("page", view)),
                null);
    }
}
