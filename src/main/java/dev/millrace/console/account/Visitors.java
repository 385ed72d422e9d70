package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.Needs;
import dev.millrace.access.Standing;
import dev.millrace.access.people.Membership;
import dev.millrace.access.sessions.NewSession;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.console.Cookies;
import dev.millrace.console.Frame;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows browsers by their cookies: that of a session, and before there is one, that of a form. */
final class Visitors {
    /** Where somebody goes who came in. */
    static final String HOME = "/console/overview";

    private static final String FORM_COOKIE = "millrace_form";
    private static final int FORM_LETTERS = 40;

    private final AccountRooms rooms;

    Visitors(AccountRooms rooms) {
        this.rooms = rooms;
    }

    /**
     * Whoever is signed in, when his role allows what the route needs.
     *
     * @throws ProblemException {@code UNAUTHENTICATED}, which leads to the page for signing in; {@code FORBIDDEN}
     */
    Visitor enter(Request request) {
        Visitor visitor = visitor(person(request));
        Needs.check(request.needs(), visitor.caller().standing());
        return visitor;
    }

    /** The same one after a change, which may have been one of himself; whatever he is by now. */
    Visitor again(Request request) {
        return visitor(person(request));
    }

    private Visitor visitor(Somebody somebody) {
        Caller caller = rooms.callers().caller(somebody.who());
        List<Membership> all = rooms.database()
                .read(tx -> rooms.members().of(tx, somebody.who().person().id()));
        String name = "";
        List<Frame.Place> others = new ArrayList<>();
        for (Membership one : all) {
            if (one.organization().equals(caller.organization())) {
                name = one.name();
            } else {
                others.add(new Frame.Place(one.organization().text(), one.name()));
            }
        }
        return new Visitor(somebody.who(), caller, somebody.token(), name, List.copyOf(others));
    }

    /** What the frame says of him on pages about himself, who may belong to nothing, or be suspended there. */
    Frame.Who oneself(Somebody somebody) {
        try {
            return told(visitor(somebody));
        } catch (ProblemException belongsToNone) {
            return told(somebody);
        }
    }

    /**
     * Whoever is signed in, about himself, whatever he belongs to.
     *
     * @throws ProblemException {@code UNAUTHENTICATED}, which leads to the page for signing in
     */
    Somebody person(Request request) {
        return somebody(request)
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, "Sign in to see this page."));
    }

    Optional<Somebody> somebody(Request request) {
        return signedIn(request)
                .map(who -> new Somebody(
                        who, Cookies.value(request, Cookies.SESSION).orElseThrow()));
    }

    Optional<SignedIn> signedIn(Request request) {
        return Cookies.value(request, Cookies.SESSION)
                .flatMap(token -> rooms.callers().signedIn(token, request.remoteAddress()));
    }

    /** What the frame of his pages says of him. */
    static Frame.Who told(Visitor visitor) {
        return new Frame.Who(
                visitor.who().person().name(),
                visitor.who().person().email().text(),
                visitor.organization(),
                FormToken.of(visitor.token()),
                visitor.others(),
                notice(visitor.caller().standing()),
                permission -> visitor.caller().may(permission));
    }

    /** What keeps somebody from changing anything, said at the head of every page of the organization. */
    private static String notice(Standing standing) {
        if (standing.suspended()) {
            return "The organization is suspended: " + standing.suspension()
                    + ". You can look and pay; nothing runs or changes until the operator resumes it.";
        }
        return standing.unproven()
                ? "Your e-mail address is not verified: open the link in the letter that you got. Until then you can look, and change nothing."
                : "";
    }

    /** The same of somebody on pages that are about no organization. */
    static Frame.Who told(Somebody somebody) {
        return new Frame.Who(
                somebody.who().person().name(),
                somebody.who().person().email().text(),
                "",
                FormToken.of(somebody.token()),
                List.of(),
                "",
                permission -> false);
    }

    /** The secret of a form that is shown to somebody who is not signed in, and that his browser keeps. */
    String formSecret(Request request) {
        return Cookies.value(request, FORM_COOKIE)
                .filter(secret -> secret.length() == FORM_LETTERS)
                .orElseGet(() -> rooms.ids().text(FORM_LETTERS));
    }

    Response keepForm(Response response, Request request, String secret) {
        return response.header(
                "Set-Cookie",
                FORM_COOKIE + "=" + secret + "; Path=/console; HttpOnly; SameSite=Strict" + secure(request));
    }

    /** Signs a browser in: with the token of a session that was opened for it here and now, never with one that it brought. */
    Response keepSession(Response response, Request request, NewSession session) {
        long seconds =
                Duration.between(rooms.clock().instant(), session.expiresAt()).toSeconds();
        return response.header(
                "Set-Cookie",
                Cookies.SESSION + "=" + session.token() + "; Path=/console; HttpOnly; SameSite=Lax; Max-Age="
                        + Math.max(0, seconds) + secure(request));
    }

    static Response forget(Response response, Request request) {
        return response.header(
                "Set-Cookie",
                Cookies.SESSION + "=; Path=/console; HttpOnly; SameSite=Lax; Max-Age=0" + secure(request));
    }

    static String secure(Request request) {
        return "https".equals(request.baseUrl().getScheme()) ? "; Secure" : "";
    }
}
