package dev.millrace.console.account;

import dev.millrace.access.oidc.OpenId;
import dev.millrace.access.oidc.OpenId.Outcome;
import dev.millrace.access.sessions.Client;
import dev.millrace.console.Cookies;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Signing in through an identity provider: there, back, and the second step where somebody has one. */
final class OidcPages {
    static final String START = "/console/oidc/start";
    static final String CALLBACK = "/console/oidc/callback";
    static final String CODE = "/console/oidc/code";

    private static final String FLOW_COOKIE = "millrace_flow";
    private static final String PATH = "; Path=/console/oidc; HttpOnly; SameSite=Lax";

    private final OpenId openId;
    private final Visitors visitors;
    private final StepPages steps;

    OidcPages(AccountRooms rooms, Visitors visitors, StepPages steps) {
        this.openId = rooms.doors().openId();
        this.visitors = visitors;
        this.steps = steps;
    }

    /** {@code GET /console/oidc/start?to=&invitation=}. */
    Response start(Request request) {
        try {
            OpenId.Begun begun = openId.begin(
                    request.query("to").orElse(null),
                    request.query("invitation").orElse(null),
                    Client.of(request));
            return Answers.to(begun.url().toString())
                    .header("Set-Cookie", FLOW_COOKIE + "=" + begun.flow() + PATH + Visitors.secure(request));
        } catch (ProblemException refused) {
            return refused(request, refused.problem());
        }
    }

    /** {@code GET /console/oidc/callback}: where the provider sends people back to. */
    Response back(Request request) {
        try {
            String flow = Cookies.value(request, FLOW_COOKIE).orElse("");
            Outcome outcome = openId.finish(
                    request.query("state").orElse(""), request.query("code").orElse(null), flow, Client.of(request));
            return switch (outcome) {
                case Outcome.Entered entered -> entered(request, entered);
                case Outcome.CodeNeeded needed -> steps.show(request, 200, code(needed.pending()));
            };
        } catch (ProblemException refused) {
            return refused(request, refused.problem());
        }
    }

    /** {@code POST /console/oidc/code}. */
    Response code(Request request) {
        FormBody form = steps.form(request);
        String pending = form.text("kept");
        try {
            return entered(request, openId.withCode(pending, form.text("code").replace(" ", ""), Client.of(request)));
        } catch (ProblemException refused) {
            return steps.show(
                    request,
                    refused.problem().code().status(),
                    code(pending).failing(refused.problem().detail()));
        }
    }

    private Response entered(Request request, Outcome.Entered entered) {
        return visitors.keepSession(
                Answers.to(entered.next()), request, entered.entry().session());
    }

    private static Step code(String pending) {
        return new Step(
                "The second step",
                "Signing in takes what your authenticator shows, or a recovery code.",
                "",
                CODE,
                pending,
                "code",
                "Sign in");
    }

    private Response refused(Request request, Problem problem) {
        Response page =
                steps.show(request, problem.code().status(), Step.told("You are not signed in", problem.detail()));
        return problem.retryAfter() == null
                ? page
                : page.header(
                        "Retry-After",
                        Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
    }
}
