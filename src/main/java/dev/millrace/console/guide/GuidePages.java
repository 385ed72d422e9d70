package dev.millrace.console.guide;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.ModelStatus;
import dev.millrace.console.Area;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Map;

/** The routes of the guides. */
public final class GuidePages {
    private final Pages pages;
    private final Catalog catalog;
    private final boolean open;

    /** @param open whether anybody may sign up */
    public GuidePages(Pages pages, Catalog catalog, boolean open) {
        this.pages = pages;
        this.catalog = catalog;
        this.open = open;
    }

    /** {@code GET /console/start}. */
    public Response start(Request request) {
        List<FirstRequest> requests = FirstRequest.all(request.baseUrl().toString());
        long models = catalog.all().stream()
                .filter(model -> model.status() == ModelStatus.ENABLED)
                .count();
        return pages.show(
                request,
                new Content(
                        "guide/start.jte",
                        "Get started",
                        "An account, a key, and the first request in the dialect that your client speaks.",
                        Area.START,
                        Map.of("requests", requests, "models", models, "open", open)));
    }

    /** {@code GET /console/support}. */
    public Response support(Request request) {
        return pages.show(
                request,
                new Content(
                        "guide/support.jte",
                        "Support",
                        "Where to ask, and what to say when you do.",
                        Area.SUPPORT,
                        Map.of()));
    }
}
