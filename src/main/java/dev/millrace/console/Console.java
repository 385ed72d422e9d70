package dev.millrace.console;

import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.console.account.AccountPages;
import dev.millrace.console.account.AccountRooms;
import dev.millrace.console.guide.GuidePages;
import dev.millrace.console.models.ModelPages;
import dev.millrace.console.models.Rates;
import dev.millrace.console.models.Shelf;
import dev.millrace.console.reference.Document;
import dev.millrace.console.reference.ReferencePages;
import dev.millrace.jobs.Jobs;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.util.List;

/** The routes of the console. */
public final class Console {
    private final ModelPages models;
    private final GuidePages guides;
    private final ReferencePages reference;
    private final AccountPages account;
    private final Pages pages;

    /**
     * What the console is made of.
     *
     * @param documents what the reference shows, the first one first
     */
    public record Rooms(
            Catalog catalog,
            CustomerPrices prices,
            Jobs jobs,
            Rates rates,
            List<Document> documents,
            AccountRooms account) {}

    public Console(Rooms rooms, ConsoleSettings settings) {
        this.pages = new Pages(settings);
        this.models = new ModelPages(
                new Shelf(rooms.catalog(), rooms.prices(), rooms.account().callers()),
                rooms.jobs(),
                rooms.rates(),
                pages);
        this.guides = new GuidePages(
                pages, rooms.catalog(), rooms.account().settings().signUp() == SignUpPolicy.OPEN);
        this.reference = new ReferencePages(rooms.documents(), pages);
        this.account = new AccountPages(rooms.account(), pages);
    }

    public void register(Routes routes) {
        Routes.Group console = routes.group((problem, request) -> pages.failure(problem, request));
        account.register(console);
        Routes.Group group = console.needing(RouteInfo.ANYONE);
        group.get("/console", account::home)
                .get("/console/models", models::list)
                .get("/console/models/{+id}", models::one)
                .get("/console/prices", models::prices)
                .get("/console/start", guides::start)
                .get("/console/support", guides::support)
                .get("/console/static/{version}/{file}", StaticFiles::get)
                .get("/console/{+path}", Console::nothing)
                .get("/docs", reference::first)
                .get("/docs/{name}", reference::one)
                .get("/docs/{+path}", Console::nothing)
                .get("/openapi.json", reference::document)
                .get("/favicon.ico", StaticFiles::icon);
    }

    private static Response nothing(Request request) {
        throw new ProblemException(ProblemCode.NOT_FOUND, "Nothing is served under this address.");
    }
}
