package dev.millrace.console.account;

import dev.millrace.access.Organizations;
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
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.Actor;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Signing in, up and out. */
final class SignInPages {
    private static final Pattern ONWARD =
            Pattern.compile("/console/(?!oidc)[a-z]+(/[A-Za-z0-9_-]{1,100})?(\\?[a-z]+=[A-Za-z0-9_-]{1,100})?");

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;
    private final StepPages steps;

    SignInPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
        this.steps = new StepPages(visitors, pages);
    }

    /** {@code GET /console/sign-in}. */
    Response signIn(Request request) {
        String to = onward(request.query("to").orElse(""));
        return visitors.signedIn(request).isPresent()
                ? Answers.to(to)
                : form(request, 200, false, new Typed("", "", "", to), "");
    }

    /** {@code GET /console/sign-up}. */
    Response signUp(Request request) {
        return form(request, 200, true, new Typed("", "", "", Visitors.HOME), "");
    }

    /** What somebody wrote, and where he goes once he is in. */
    private record Typed(String email, String name, String organization, String to) {}

    /** A page of the console and nothing else: nobody is sent elsewhere by a link that leads here. */
    private static String onward(String to) {
        return ONWARD.matcher(to).matches() ? to : Visitors.HOME;
    }

    private Response form(Request request, int status, boolean fresh, Typed typed, String failure) {
        String secret = visitors.formSecret(request);
        Map<String, Object> values = new HashMap<>(Map.of(
                "fresh",
                fresh,
                "open",
                rooms.settings().signUp() == SignUpPolicy.OPEN,
                "email",
                typed.email(),
                "to",
                typed.to(),
                "failure",
                failure,
                "token",
                FormToken.of(secret),
                "least",
                rooms.settings().passwordLeast(),
                "provider",
                rooms.doors().openId().on() ? rooms.doors().openId().displayName() : "",
                "letters",
                rooms.doors().proofs().on()));
        values.put("name", typed.name());
        values.put("organization", typed.organization());
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
        String to = onward(form.text("to"));
        try {
            Email email = email(address);
            NewSession session = rooms.doors()
                    .signIn()
                    .withPassword(email, form.exact("password"), code.isEmpty() ? null : code, Client.of(request))
                    .session();
            return visitors.keepSession(Answers.to(to), request, session);
        } catch (ProblemException refused) {
            return form(
                    request,
                    refused.problem().code().status(),
                    false,
                    new Typed(address, "", "", to),
                    Blunder.told(refused.problem()));
        }
    }

    /** {@code POST /console/sign-up}. */
    Response found(Request request) {
        FormBody form = FormBody.of(request, visitors.formSecret(request));
        String address = form.text("email");
        Client client = Client.of(request);
        try {
            if (rooms.settings().signUp() != SignUpPolicy.OPEN) {
                throw Problem.parameter("email", "nobody signs up here without an invitation.")
                        .toException();
            }
            Email email = email(address);
            named("organization", () -> Organizations.checkedName(named(form)));
            return rooms.doors()
                    .newcomers()
                    .open(
                            email,
                            form.text("name"),
                            form.exact("password"),
                            client,
                            (tx, person) -> founded(tx, person, form, client))
                    .map(arrival -> visitors.keepSession(
                            Answers.to(Visitors.HOME), request, arrival.entry().session()))
                    .orElseGet(() -> steps.show(
                            request,
                            202,
                            Step.told(
                                    "Look into your mail",
                                    "A letter is on its way to " + email + ". Open its link, then sign in.")));
        } catch (ProblemException refused) {
            return form(
                    request,
                    refused.problem().code().status(),
                    true,
                    new Typed(address, form.text("name"), form.text("organization"), Visitors.HOME),
                    Blunder.told(refused.problem()));
        }
    }

    private OrganizationId founded(Tx tx, Person person, FormBody form, Client client) {
        OrganizationId own = named("organization", () -> rooms.founding().apply(tx, named(form)));
        rooms.members().add(tx, own, person.id(), Role.OWNER);
        rooms.trail()
                .write(
                        tx,
                        Actor.person(person.id(), own, client.address()),
                        "organization.create",
                        "organization:" + own,
                        Map.of());
        return own;
    }

    /** What the organization is to be called. */
    private static String named(FormBody form) {
        return form.text("organization").isEmpty() ? form.text("name") : form.text("organization");
    }

    /** {@code POST /console/sign-out}. */
    Response leave(Request request) {
        Somebody somebody = visitors.person(request);
        var unused = FormBody.of(request, somebody.token());
        SignedIn who = somebody.who();
        rooms.doors().signOuts().one(who, who.session().id());
        return Visitors.forget(Answers.to("/console/sign-in"), request);
    }

    static Email email(String address) {
        return Email.parse(address)
                .orElseThrow(() -> Problem.parameter("email", "must be an address such as ann@example.com.")
                        .toException());
    }

    static <T> T named(String field, java.util.function.Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(field, String.valueOf(e.getMessage())).toException();
        }
    }
}
