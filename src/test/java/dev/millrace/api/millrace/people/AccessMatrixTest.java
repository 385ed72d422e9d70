package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Needs;
import dev.millrace.access.NewKey;
import dev.millrace.access.Permission;
import dev.millrace.access.Standing;
import dev.millrace.api.millrace.people.AccessAskers.Asker;
import dev.millrace.app.Gateway;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The whole access matrix, made from the routes that a running server has: every route of every dialect, asked by everybody that there
 * is, on both databases. A route that does not say what it needs, or that takes an id of which nobody says what it names, fails the build.
 */
class AccessMatrixTest {
    /** Where a dialect's catch-all tells a stranger that nothing is there, not that he should show a key. */
    private static final Set<String> SILENT = Set.of("GET /{+model}");

    /** What a dialect has a name for and never offers: everybody with a key is told so, with 403. */
    private static final Set<String> REFUSED = Set.of("GET /v1/agent/{+path}", "POST /v1/agent/{+path}");

    /** Payments by card can be begun, and their pages not be made. */
    private static final Map<String, String> SETTINGS =
            Map.of("payments.stripe_key", "sk_test_ofthematrix0123456789", "payments.stripe_url", "http://127.0.0.1:1");

    @Test
    void every_route_lets_in_whom_the_table_allows_and_nobody_else() {
        whole(Map.of());
    }

    @Test
    void it_is_the_same_on_postgresql() {
        LocalPostgres postgres = LocalPostgres.shared();
        whole(Map.of("database.url", postgres.url(postgres.createDatabase())));
    }

    @Test
    void a_route_without_a_row_fails_the_build() {
        RouteInfo silent = new RouteInfo("GET", "/api/v1/novelties", "", "millrace");
        RouteInfo misspelt = new RouteInfo("GET", "/api/v1/novelties", "read_novelties", "millrace");
        RouteInfo nameless = new RouteInfo("GET", "/api/v1/novelties/{id}", "read_usage", "millrace");
        RouteInfo unheard = new RouteInfo("GET", "/api/v1/jobs/{novelty}", "read_jobs", "millrace");
        RouteInfo known = new RouteInfo("GET", "/api/v1/jobs/{id}", "read_jobs", "millrace");
        assertThat(AccessRows.unsaid(List.of(silent, misspelt, known)))
                .containsExactly("GET /api/v1/novelties", "GET /api/v1/novelties");
        assertThat(AccessRows.rowless(List.of(nameless, unheard, known)))
                .containsExactly("GET /api/v1/novelties/{id}", "GET /api/v1/jobs/{novelty}");
    }

    private static void whole(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.putAll(SETTINGS);
        settings.putAll(more);
        try (Gateway gateway = Gateway.start(settings)) {
            assertThat(AccessRows.unsaid(gateway.routes()))
                    .as("routes without a need: register them with Operation.needs or Group.needing")
                    .isEmpty();
            assertThat(AccessRows.rowless(gateway.routes()))
                    .as("routes with an id of which nobody says what it names: add a row to AccessRows.OBJECTS")
                    .isEmpty();
            NewKey owner = gateway.customer("50");
            Map<String, String> objects = AccessObjects.of(gateway, owner);
            assertThat(foreign(gateway, objects))
                    .as("another's and absent objects")
                    .isEmpty();
            Caller still = gateway.caller(owner);
            assertThat(still.get("/api/v1/jobs/" + objects.get("job")).status()).isEqualTo(200);
            assertThat(still.get("/api/v1/storage/" + objects.get("file")).status())
                    .isEqualTo(200);
            assertThat(wrong(gateway)).as("who is let in, or turned away").isEmpty();
            assertThat(pages(gateway)).as("pages for who is not signed in").isEmpty();
        }
    }

    private static List<String> wrong(Gateway gateway) {
        List<String> wrong = new ArrayList<>();
        Map<String, Asker> askers = AccessAskers.of(gateway);
        for (RouteInfo route : gateway.routes()) {
            if (!route.needs().equals(Needs.ANYONE) && !route.pattern().startsWith(AccessRows.CONSOLE)) {
                askers.forEach((who, asker) -> {
                    Reply reply = ask(
                            asker.caller(),
                            route,
                            AccessObjects.absent(AccessRows.object(route).orElse("")));
                    if (!fits(route, asker, reply.status()) || !wellSaid(route, asker, reply)) {
                        wrong.add(AccessRows.name(route) + " (" + route.needs() + ") answers " + who + " with "
                                + reply.status() + " " + reply.text());
                    }
                });
            }
        }
        return wrong;
    }

    private static boolean fits(RouteInfo route, Asker asker, int status) {
        Standing standing = asker.standing();
        if (standing == null) {
            return status == asker.refusal()
                    || SILENT.contains(AccessRows.name(route)) && asker.refusal() == 401 && status == 404;
        }
        if (!asker.reaches().test(route)
                || route.needs().equals(Needs.PERSON) // a key is no person
                || REFUSED.contains(AccessRows.name(route))) {
            return status == 403;
        }
        Optional<Permission> permission = Needs.permission(route.needs());
        boolean allowed = permission.isEmpty() || standing.may(permission.get());
        return allowed ? status != 401 && status != 403 && status < 500 : status == 403;
    }

    /** Whoever is turned away is told so in the shape of the dialect, and why where he is suspended. */
    private static boolean wellSaid(RouteInfo route, Asker asker, Reply reply) {
        if (reply.status() != 401 && reply.status() != 403 || route.method().equals("HEAD")) {
            return true;
        }
        JsonNode body = reply.json();
        boolean shaped = switch (route.dialect()) {
            case "openai" ->
                body.path("error").path("message").isString()
                        && body.path("error").has("type");
            case "apiframe" -> body.path("error").isString();
            case "higgsfield" -> body.path("detail").isString();
            default ->
                body.path("detail").isString() && body.has("type")
                        || body.path("error").path("message").isString();
        };
        Standing standing = asker.standing();
        boolean suspended = standing != null
                && standing.suspended()
                && !REFUSED.contains(AccessRows.name(route))
                && Needs.permission(route.needs())
                        .filter(permission -> new Standing(standing.role(), false, false, null).may(permission))
                        .isPresent();
        boolean oneWordForAll = route.dialect().equals("higgsfield");
        return shaped && (!suspended || oneWordForAll || reply.text().contains(AccessAskers.REASON));
    }

    /** Routes that tell another organization's thing from one that is not there. */
    private static List<String> foreign(Gateway gateway, Map<String, String> objects) {
        Caller other = gateway.caller(gateway.customer("50"));
        Caller person = Folk.signUp(gateway, "eve").caller();
        List<String> wrong = new ArrayList<>();
        gateway.routes().stream().filter(AccessRows::aboutOne).forEach(route -> {
            String kind = AccessRows.object(route).orElseThrow();
            Caller asks = route.needs().equals(Needs.PERSON) ? person : other;
            String foreign = objects.get(kind);
            String absent = AccessObjects.absent(kind);
            Reply theirs = ask(asks, route, foreign);
            String nobodys = said(ask(asks, route, absent), absent);
            if (!said(theirs, foreign).equals(nobodys) || theirs.status() >= 500) {
                wrong.add(AccessRows.name(route) + ": " + said(theirs, foreign) + " and " + nobodys);
            }
        });
        return wrong;
    }

    /** Pages that show themselves, or do something, to who shows no cookie, or a key in place of one. */
    private static List<String> pages(Gateway gateway) {
        List<String> wrong = new ArrayList<>();
        Map<String, Caller> askers =
                Map.of("nobody", new Caller(gateway.url()), "a key", gateway.caller(gateway.operator()));
        for (RouteInfo route : gateway.routes()) {
            if (route.pattern().startsWith(AccessRows.CONSOLE) && !route.needs().equals(Needs.ANYONE)) {
                askers.forEach((who, caller) -> {
                    int status = ask(caller, route, "absent").status();
                    if (status != 303 && status != 302 && status != 401 && status != 403) {
                        wrong.add(AccessRows.name(route) + " answers " + who + " with " + status);
                    }
                });
            }
        }
        return wrong;
    }

    private static Reply ask(Caller caller, RouteInfo route, String id) {
        boolean body = Set.of("POST", "PUT", "PATCH").contains(route.method());
        return caller.with("Content-Type", "application/json")
                .call(
                        route.method(),
                        AccessRows.path(route, id),
                        body ? "not JSON".getBytes(StandardCharsets.UTF_8) : new byte[0]);
    }

    private static String said(Reply reply, String id) {
        return reply.status() + " "
                + reply.text().replace(id, "…").replaceAll("\"(instance|request_id|requestId)\":\"[^\"]*\"", "");
    }
}
