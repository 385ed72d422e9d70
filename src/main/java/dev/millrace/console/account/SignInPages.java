package dev.millrace.console.account;

import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.sessions.NewSession;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.Actor;
import java.util.Map;

/** Signing in, up and out. */
final class SignInPages {
    private static final String HOME = "/console/overview";

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    SignInPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** {@code GET /console/sign-in}. */
    Response signIn(Request request) {
        return visitors.signedIn(request).isPresent() ? Answers.to(HOME) : form(request, 200, false, "", "");
    }

    /** {@code GET /console/sign-up}. */
    Response signUp(Request request) {
        return form(request, 200, true, "", "");
    }

    private Response form(Request request, int status, boolean fresh, String email, String failure) {
        String secret = visitors.formSecret(request);
        Map<String, Object> values = Map.of(
                "fresh",
                fresh,
                "open",
                rooms.settings().signUp() == SignUpPolicy.OPEN,
                "email",
                email,
                "failure",
                failure,
                "token",
                FormToken.of(secret),
                "least",
                rooms.settings().passwordLeast());
        String title = fresh ? "Sign up" : "Sign in";
        Response page = pages.personal(
                request, status, new Content("account/sign-in.jte", title, title + ".", null, values), null);
        return visitors.keepForm(page, request, secret);
    }

    /** {@code POST /console/sign-in}. */
    Response enter(Request request) {
        FormBody form = FormBody.of(request, visitors.formSecret(request));
        String address = form.text("email");
        String code = form.text("code");
        try {
            Email email = email(address);
            NewSession session = rooms.signIn()
                    .withPassword(email, form.exact("password"), code.isEmpty() ? null : code, Client.of(request))
                    .session();
            return visitors.keepSession(Answers.to(HOME), request, session);
        } catch (ProblemException refused) {
            return form(request, refused.problem().code().status(), false, address, told(refused.problem()));
        }
    }

    /** {@code POST /console/sign-up}. */
    Response found(Request request) {
        FormBody form = FormBody.of(request, visitors.formSecret(request));
        String address = form.text("email");
        Client client = Client.of(request);
        try {
            rooms.attempts().check(client.address());
            if (rooms.settings().signUp() != SignUpPolicy.OPEN) {
                throw Problem.parameter("email", "nobody signs up here without an invitation.")
                        .toException();
            }
            rooms.attempts().tried(client.address());
            Email email = email(address);
            String hash = rooms.passwords().hash("password", form.exact("password"), email);
            NewSession session =
                    rooms.database().writer().write(email.text(), tx -> arrived(tx, email, hash, form, client));
            return visitors.keepSession(Answers.to(HOME), request, session);
        } catch (ProblemException refused) {
            return form(request, refused.problem().code().status(), true, address, told(refused.problem()));
        }
    }

    private NewSession arrived(Tx tx, Email email, String hash, FormBody form, Client client) {
        PersonId id = named("name", () -> rooms.people().add(tx, email, form.text("name"), hash, false))
                .orElseThrow(() -> Problem.parameter("email", "somebody signs in with it already.")
                        .toException());
        Person person = rooms.people().find(tx, id).orElseThrow();
        String name = form.text("organization").isEmpty() ? form.text("name") : form.text("organization");
        OrganizationId own = named("organization", () -> rooms.founding().apply(tx, name));
        rooms.members().add(tx, own, id, Role.OWNER);
        rooms.trail()
                .write(
                        tx,
                        Actor.person(id, own, client.address()),
                        "organization.create",
                        "organization:" + own,
                        Map.of());
        return rooms.signIn().enter(tx, person, client, "sign_up").session();
    }

    /** {@code POST /console/sign-out}. */
    Response leave(Request request) {
        Visitor visitor = visitors.enter(request);
        var unused = FormBody.of(request, visitor.token());
        SignedIn who = visitor.who();
        rooms.database().writer().<Boolean>write(who.person().id().text(), tx -> {
            boolean his =
                    rooms.sessions().end(tx, who.person().id(), who.session().id());
            if (his) {
                rooms.trail()
                        .write(
                                tx,
                                who.actor(),
                                "session.end",
                                "session:" + who.session().id(),
                                Map.of());
            }
            return his;
        });
        return Visitors.forget(Answers.to("/console/sign-in"), request);
    }

    private static Email email(String address) {
        return Email.parse(address)
                .orElseThrow(() -> Problem.parameter("email", "must be an address such as ann@example.com.")
                        .toException());
    }

    private static String told(Problem problem) {
        return problem.detail();
    }

    private static <T> T named(String field, java.util.function.Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(field, String.valueOf(e.getMessage())).toException();
        }
    }
}
