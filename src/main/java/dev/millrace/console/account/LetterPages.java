package dev.millrace.console.account;

import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Where the links of letters lead that prove an address, and where a letter with a password's link is asked for. */
final class LetterPages {
    static final String VERIFY = "/console/verify";
    static final String FORGOTTEN = "/console/forgotten";

    private static final Step ASK = new Step(
            "A new password",
            "You get a letter with a link, if somebody signs in with that address.",
            "",
            FORGOTTEN,
            "",
            "email",
            "Send the letter");

    private final AccountRooms rooms;
    private final StepPages steps;

    LetterPages(AccountRooms rooms, StepPages steps) {
        this.rooms = rooms;
        this.steps = steps;
    }

    /** A link alone changes nothing: programs that look into letters open it too. */
    Response verify(Request request) {
        String link = request.query("token").orElse("");
        rooms.attempts().check(request.remoteAddress());
        return rooms.doors().proofs().works(link)
                ? steps.show(
                        request,
                        200,
                        new Step(
                                "Is this your address?",
                                "Say so, and whoever signed up with it can go on.",
                                "",
                                VERIFY,
                                link,
                                "",
                                "It is mine"))
                : steps.show(
                        request,
                        410,
                        Step.told(
                                "The link no longer works",
                                "It was used, its time is over, or a newer one took its place. Sign up or sign in for another."));
    }

    Response proven(Request request) {
        String link = steps.form(request).text("kept");
        try {
            var person = rooms.doors().proofs().prove(link, request.remoteAddress());
            String on = person.hasPassword()
                    ? " is yours, and you can sign in with it."
                    : " is yours. It has no password yet, because two were given for it:"
                            + " choose \"Set a new password\" on the page for signing in.";
            return steps.show(request, 200, Step.told("Thank you", person.email() + on));
        } catch (ProblemException refused) {
            return steps.show(
                    request,
                    refused.problem().code().status(),
                    Step.told("The link no longer works", refused.problem().detail()));
        }
    }

    Response forgotten(Request request) {
        return steps.show(request, 200, ASK);
    }

    Response ask(Request request) {
        String address = steps.form(request).text("email");
        try {
            rooms.doors().proofs().forgotten(SignInPages.email(address), request.remoteAddress());
            return steps.show(
                    request,
                    200,
                    Step.told(
                            "Look into your mail",
                            "If somebody signs in with " + address + ", a letter is on its way."));
        } catch (ProblemException refused) {
            return steps.show(
                    request,
                    refused.problem().code().status(),
                    ASK.failing(refused.problem().detail()));
        }
    }
}
