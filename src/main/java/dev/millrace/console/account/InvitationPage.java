package dev.millrace.console.account;

import dev.millrace.access.people.Email;
import dev.millrace.access.people.Guest;
import dev.millrace.access.people.Invitation;
import dev.millrace.access.people.Invitation.State;
import dev.millrace.access.people.Membership;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.NewSession;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /console/invitation?token=}: what an invitation's link leads to, for who is new and for who has an account. */
public final class InvitationPage {
    static final String PATH = "/console/invitation";

    private static final int GONE = 410;
    private static final int UNKNOWN = 404;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    InvitationPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * What the page says.
     *
     * @param stands {@code open}, {@code used}, {@code revoked}, {@code expired}, or {@code unknown} for a link that is none
     * @param host who invited; empty when that was no person
     * @param email whom it is for alone; empty for whoever has the link
     * @param link what the link says, for the forms
     * @param until when it ends, or ended
     * @param reader the address of who is signed in; empty for nobody
     * @param member whether he is a member there already
     * @param fits whether the invitation is not for somebody else
     */
    public record View(
            String stands,
            String host,
            String organization,
            String role,
            String email,
            String link,
            String until,
            String reader,
            boolean member,
            boolean fits,
            String name,
            String typed,
            String failure,
            String token,
            int least) {}

    /** {@code GET /console/invitation}. */
    Response show(Request request) {
        return show(request, request.query("token").orElse(""), new Wrong("", "", ""), 200);
    }

    /** What somebody typed, and why it would not do. */
    private record Wrong(String name, String email, String failure) {}

    /** {@code POST /console/invitation}: signs somebody new up, or lets in who is signed in. */
    Response accept(Request request) {
        Optional<Somebody> reader = visitors.somebody(request);
        FormBody form = FormBody.of(request, reader.map(Somebody::token).orElseGet(() -> visitors.formSecret(request)));
        String link = form.text("token");
        try {
            if (reader.isPresent()) {
                join(reader.get(), link);
                return Answers.to(Visitors.HOME);
            }
            Email email = SignInPages.email(form.text("email"));
            NewSession session = rooms.doors()
                    .newcomers()
                    .invited(link, email, form.text("name"), form.exact("password"), Client.of(request))
                    .entry()
                    .session();
            return visitors.keepSession(Answers.to(Visitors.HOME), request, session);
        } catch (ProblemException refused) {
            Wrong wrong = new Wrong(form.text("name"), form.text("email"), Blunder.told(refused.problem()));
            return show(request, link, wrong, refused.problem().code().status());
        }
    }

    private void join(Somebody reader, String link) {
        Person person = reader.who().person();
        rooms.database().writer().<Membership>write(person.id().text(), tx -> {
            Membership in =
                    rooms.doors().guests().join(tx, link, person, reader.who().address());
            rooms.sessions().choose(tx, reader.who().session().id(), in.organization());
            return in;
        });
    }

    private Response show(Request request, String link, Wrong wrong, int status) {
        rooms.attempts().check(request.remoteAddress());
        Optional<Guest> guest =
                rooms.database().read(tx -> rooms.doors().guests().look(tx, link));
        if (guest.isEmpty()) {
            rooms.attempts().tried(request.remoteAddress());
        }
        Optional<Somebody> reader = visitors.somebody(request);
        String secret = reader.map(Somebody::token).orElseGet(() -> visitors.formSecret(request));
        View view = guest.map(one -> view(one, link, reader.orElse(null), wrong, secret))
                .orElseGet(() -> unknown(secret));
        int answer = status != 200 || view.stands().equals("open") ? status : guest.isPresent() ? GONE : UNKNOWN;
        Response page = pages.personal(
                request,
                answer,
                new Content("account/invitation.jte", "Invitation", "An invitation.", null, Map.of("page", view)),
                reader.map(Visitors::told).orElse(null));
        return reader.isPresent() ? page : visitors.keepForm(page, request, secret);
    }

    private View view(Guest guest, String link, @Nullable Somebody reader, Wrong wrong, String secret) {
        Invitation invitation = guest.invitation();
        Email email = invitation.email();
        Person person = reader == null ? null : reader.who().person();
        boolean member = person != null
                && rooms.database()
                        .<Boolean>read(tx -> rooms.members()
                                .of(tx, person.id(), invitation.organization())
                                .isPresent());
        String host = guest.host();
        return new View(
                invitation.state().wire(),
                host == null ? "" : host,
                guest.organization(),
                invitation.role().wire(),
                email == null ? "" : email.text(),
                link,
                Moments.of(invitation.expiresAt()),
                person == null ? "" : person.email().text(),
                member,
                email == null || person == null || email.equals(person.email()),
                wrong.name(),
                wrong.email(),
                invitation.state() == State.OPEN ? wrong.failure() : "",
                FormToken.of(secret),
                rooms.settings().passwordLeast());
    }

    private static View unknown(String secret) {
        return new View("unknown", "", "", "", "", "", "", "", false, false, "", "", "", FormToken.of(secret), 0);
    }
}
