package dev.millrace.app;

import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;

/** What somebody finds who opens the address itself: what this is, and where its parts are. */
final class FrontDoor {
    private static final String CRAWLERS = "User-agent: *\nDisallow: /\n";

    /** The order is the order in which somebody new needs them. */
    private record Welcome(String service, String models, String api, String health, String readiness, String metrics) {
        static final Welcome PATHS =
                new Welcome("millrace", "/api/v1/models", "/api/v1", "/healthz", "/readyz", "/metrics");
    }

    private FrontDoor() {}

    static void addTo(Routes.Group group) {
        group.needing(RouteInfo.ANYONE)
                .get("/", request -> Response.json(200, Welcome.PATHS))
                .get("/robots.txt", request -> Response.text(200, CRAWLERS));
    }
}
