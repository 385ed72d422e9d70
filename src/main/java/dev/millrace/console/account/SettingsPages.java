package dev.millrace.console.account;

import dev.millrace.access.people.Membership;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Session;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.access.signin.TwoStepChanges;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.SessionId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /console/settings}: oneself, one's password, second step and sessions, and which organization one looks at. */
public final class SettingsPages {
    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    SettingsPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** A session in the list. */
    public record SessionLine(String id, String device, String address, String since, String seen, boolean current) {}

    /** An organization that he belongs to. */
    public record Place(String id, String name, String role, boolean suspended) {}

    /**
     * What the page says beside who he is.
     *
     * @param part which form the message is about: {@code profile}, {@code password}, {@code two-step} or {@code sessions}; empty for none
     * @param failed whether the message tells what went wrong
     * @param secret of an authenticator that is being set up; empty where none is
     * @param codes recovery codes, which are shown this once
     */
    private record Told(String part, String message, boolean failed, String secret, List<String> codes) {
        static final Told NOTHING = new Told("", "", false, "", List.of());

        static Told done(String part, String message) {
            return new Told(part, message, false, "", List.of());
        }

        static Told failed(String part, Problem problem, String secret) {
            return new Told(part, Blunder.told(problem), true, secret, List.of());
        }
    }

    /** All that the page shows. */
    public record View(
            Person person,
            String part,
            String message,
            boolean failed,
            String secret,
            String uri,
            @Nullable QrCode square,
            List<String> codes,
            List<SessionLine> sessions,
            List<Place> places,
            String twoStepSince,
            boolean mails,
            int least) {}

    /** {@code GET /console/settings}. */
    Response show(Request request) {
        return show(request, visitors.person(request), 200, Told.NOTHING);
    }

    /** Does what a form asks for, and shows the page with what came of it. */
    private Response answer(Request request, String part, Deed deed) {
        Somebody somebody = visitors.person(request);
        FormBody form = FormBody.of(request, somebody.token());
        try {
            return show(request, somebody, 200, deed.done(somebody.who(), form));
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return show(request, somebody, status(problem), Told.failed(part, problem, secret(form)));
        }
    }

    /** Who typed a wrong password or code here is signed in all the same. */
    private static int status(Problem problem) {
        return problem.code() == ProblemCode.UNAUTHENTICATED
                ? 400
                : problem.code().status();
    }

    private interface Deed {
        Told done(SignedIn who, FormBody form);
    }

    /** {@code POST /console/settings/profile}. */
    Response rename(Request request) {
        return answer(request, "profile", (who, form) -> {
            rooms.database().writer().<Boolean>write(who.person().id().text(), tx -> {
                boolean done = SignInPages.named(
                        "name", () -> rooms.people().rename(tx, who.person().id(), form.text("name")));
                rooms.trail()
                        .write(
                                tx,
                                who.actor(),
                                "person.rename",
                                "person:" + who.person().id(),
                                Map.of());
                return done;
            });
            return Told.done("profile", "Your name is changed.");
        });
    }

    /** {@code POST /console/settings/password}. */
    Response password(Request request) {
        return answer(request, "password", (who, form) -> {
            if (!form.exact("password").equals(form.exact("again"))) {
                throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The two passwords are not the same.");
            }
            int ended = changed(who, form);
            return Told.done(
                    "password",
                    "The password is changed. " + (ended == 0 ? "You were signed in nowhere else." : ended(ended)));
        });
    }

    /** Changes it; that the one of now is wrong is said in words of this page, which asks for no address. */
    private int changed(SignedIn who, FormBody form) {
        try {
            return rooms.doors().passwords().own(who, form.exact("current"), form.exact("password"));
        } catch (ProblemException refused) {
            throw refused.problem().code() == ProblemCode.UNAUTHENTICATED
                    ? new ProblemException(ProblemCode.UNAUTHENTICATED, "The current password is wrong.")
                    : refused;
        }
    }

    private static String ended(int sessions) {
        return sessions == 1 ? "One other session has ended." : sessions + " other sessions have ended.";
    }

    /** {@code POST /console/settings/verify}: sends the letter again whose link shows that the address is his. */
    Response verify(Request request) {
        return answer(request, "profile", (who, form) -> {
            boolean sent = rooms.doors().proofs().again(who);
            return Told.done(
                    "profile", sent ? "A letter with a link is on its way." : "The address is verified already.");
        });
    }

    /** {@code POST /console/settings/two-step}: shows a new secret. */
    Response begin(Request request) {
        return answer(
                request,
                "two-step",
                (who, form) ->
                        new Told("two-step", "", false, rooms.doors().twoStep().begin(who), List.of()));
    }

    /** {@code POST /console/settings/two-step/confirm}: shows the recovery codes. */
    Response confirm(Request request) {
        return answer(
                request,
                "two-step",
                (who, form) -> new Told(
                        "two-step", "", false, "", rooms.doors().twoStep().confirm(who, form.text("code"))));
    }

    /** {@code POST /console/settings/two-step/end}. */
    Response end(Request request) {
        return answer(request, "two-step", (who, form) -> {
            rooms.doors().twoStep().end(who, form.text("code"));
            return Told.done("two-step", "Signing in takes the password alone from now on.");
        });
    }

    /** {@code POST /console/settings/sessions/{id}/end}. */
    Response endSession(Request request) {
        return answer(request, "sessions", (who, form) -> {
            boolean ended = SessionId.parse(request.pathParam("id"))
                    .filter(id -> rooms.doors().signOuts().one(who, id))
                    .isPresent();
            return Told.done("sessions", ended ? "The session has ended." : "The session was over already.");
        });
    }

    /** {@code POST /console/settings/sessions/end-others}. */
    Response endOthers(Request request) {
        return answer(request, "sessions", (who, form) -> {
            int ended = rooms.doors().signOuts().all(who, who.session().id());
            return Told.done("sessions", ended == 0 ? "You were signed in nowhere else." : ended(ended));
        });
    }

    /** {@code POST /console/organization}: the pages of this session are about that one from now on. */
    Response turnTo(Request request) {
        Somebody somebody = visitors.person(request);
        FormBody form = FormBody.of(request, somebody.token());
        SignedIn who = somebody.who();
        rooms.database().writer().<Boolean>write(who.person().id().text(), tx -> {
            OrganizationId id = OrganizationId.parse(form.text("organization"))
                    .filter(one ->
                            rooms.members().of(tx, who.person().id(), one).isPresent())
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.NOT_FOUND, "There is no such organization that you belong to."));
            return rooms.sessions().choose(tx, who.session().id(), id);
        });
        return Answers.to(Visitors.HOME);
    }

    /** What the form brings along of a secret, so that a mistyped code does not cost it. */
    private static String secret(FormBody form) {
        String secret = form.text("secret");
        return secret.matches("[A-Z2-7]{16,64}") ? secret : "";
    }

    private Response show(Request request, Somebody somebody, int status, Told told) {
        SignedIn who = somebody.who();
        View view = rooms.database().read(tx -> {
            Person person = rooms.people().find(tx, who.person().id()).orElseThrow();
            String uri = told.secret().isEmpty() ? "" : TwoStepChanges.uri(who, told.secret());
            return new View(
                    person,
                    told.part(),
                    told.message(),
                    told.failed(),
                    told.secret(),
                    uri,
                    uri.isEmpty() ? null : QrCode.of(uri),
                    told.codes(),
                    rooms.sessions().list(tx, person.id()).stream()
                            .map(session -> line(session, who.session().id()))
                            .toList(),
                    rooms.members().of(tx, person.id()).stream()
                            .map(SettingsPages::place)
                            .toList(),
                    person.twoStepSince() == null ? "" : Moments.of(person.twoStepSince()),
                    rooms.doors().proofs().on(),
                    rooms.settings().passwordLeast());
        });
        return pages.personal(
                request,
                status,
                new Content(
                        "account/settings.jte", "Settings", "You, and how you sign in.", null, Map.of("page", view)),
                visitors.oneself(somebody));
    }

    private static SessionLine line(Session session, SessionId current) {
        String device = session.client().device();
        return new SessionLine(
                session.id().text(),
                device.isEmpty() ? "a program that gives no name" : device,
                session.client().address(),
                Moments.of(session.createdAt()),
                Moments.of(session.seenAt()),
                session.id().equals(current));
    }

    private static Place place(Membership one) {
        return new Place(
                one.organization().text(),
                one.name(),
                one.role().wire(),
                one.suspension() != null || one.excluded() != null);
    }
}
