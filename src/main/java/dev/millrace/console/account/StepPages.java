package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;

/** Answers with a {@link Step}. */
final class StepPages {
    private final Visitors visitors;
    private final Pages pages;

    StepPages(Visitors visitors, Pages pages) {
        this.visitors = visitors;
        this.pages = pages;
    }

    Response show(Request request, int status, Step step) {
        String secret = visitors.formSecret(request);
        Map<String, Object> values = Map.of("step", step, "token", FormToken.of(secret));
        Response page = pages.personal(
                request, status, new Content("account/step.jte", step.title(), step.title() + ".", null, values), null);
        return visitors.keepForm(page.header("Referrer-Policy", "no-referrer"), request, secret);
    }

    /** The form that a browser sent back from such a page. */
    FormBody form(Request request) {
        return FormBody.of(request, visitors.formSecret(request));
    }
}
