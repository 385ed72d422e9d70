package dev.millrace.app;

import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;

/** What somebody finds who opens the address itself: what this is, and where its parts are. */
final class FrontDoor {
    private static final String CONSOLE = "/console";
    private static final String CRAWLERS = "User-agent: *\nDisallow: /\n";

    /** The order is the order in which somebody new needs them. */
    private record Welcome(
            String service,
            String console,
            String docs,
            String models,
            String api,
            String health,
            String readiness,
            String metrics) {
        static final Welcome PATHS = new Welcome(
                "millrace", CONSOLE, "/docs", "/api/v1/models", "/api/v1", "/healthz", "/readyz", "/metrics");
    }

    private FrontDoor() {}

    /** A browser goes to the console, anything else is told where the parts are. */
    private static Response root(Request request) {
        boolean browser = request.header("Accept").orElse("").contains("text/html");
        Response answer = browser ? Response.empty(303).header("Location", CONSOLE) : Response.json(200, Welcome.PATHS);
        return answer.header("Vary", "Accept");
    }

    static void addTo(Routes.Group group) {
        group.needing(RouteInfo.ANYONE)
                .get("/", FrontDoor::root)
                .get("/robots.txt", request -> Response.text(200, CRAWLERS));
    }
}
