package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Environment;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeySpec;
import dev.millrace.access.Needs;
import dev.millrace.access.NewKey;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.Standing;
import dev.millrace.app.Gateway;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The whole access matrix, made from the routes that a running server has: every route of every dialect, asked by everybody that there
 * is. A route that does not say what it needs, or that takes an id of which nobody says what it names, fails the build.
 */
class AccessMatrixTest {
    private static final String ABSENT = "01890000-0000-7000-8000-000000000000";

    /** What a route may say beside a permission. Who answers anybody may prove callers otherwise: by signed bodies, or links. */
    private static final Set<String> WORDS = Set.of(Needs.ANYONE, Needs.CALLER, Needs.PERSON);

    /** Where a dialect's catch-all tells a stranger that nothing is there, not that he should show a key. */
    private static final Set<String> SILENT = Set.of("GET /{+model}");

    /** What a dialect has a name for and never offers: everybody with a key is told so, with 403. */
    private static final Set<String> REFUSED = Set.of("GET /v1/agent/{+path}", "POST /v1/agent/{+path}");

    /** What the last id in a pattern names, by how the pattern goes on from its first words: the longest that fits. */
    private static final Map<String, String> OBJECTS = Map.ofEntries(
            Map.entry("/api/v1/jobs/", "job"),
            Map.entry("/api/v1/videos/", "video"),
            Map.entry("/api/v1/storage/", "file"),
            Map.entry("/api/v1/keys/", "key"),
            Map.entry("/api/v1/members/", "member"),
            Map.entry("/api/v1/invitations/", "invitation"),
            Map.entry("/api/v1/organizations/", "organization"),
            Map.entry("/requests/", "job"),
            Map.entry("/v1/job-sets/", "job"),
            Map.entry("/v1/custom-references/", "job"),
            Map.entry("/v1/videos/", "video"),
            Map.entry("/v2/jobs/", "job"),
            Map.entry("/v2/loras/", "job"),
            Map.entry("/v2/assets/", "file"));

    /** Pages take a browser's cookie and no key: ConsoleAccountTest asks each of them as each role. */
    private static final String CONSOLE = "/console/";

    /** Ids of things that cost more to make than this test has: their own tests show that another's are not found. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "/api/v1/sessions/",
            "/api/v1/wallet/",
            "/api/v1/invoices/",
            "/api/v1/usage/",
            "/api/v1/webhooks/",
            "/api/v1/codes/",
            CONSOLE);

    private static Gateway gateway;
    private static NewKey owner;
    private static Map<String, String> objects;

    private record Asker(Caller caller, Optional<Standing> standing, int refusal) {}

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Folk.OPEN);
        owner = gateway.customer("50");
        objects = objects(gateway.caller(owner));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void every_route_says_what_it_needs() {
        assertThat(gateway.routes().stream()
                        .filter(route -> !WORDS.contains(route.needs())
                                && Needs.permission(route.needs()).isEmpty())
                        .map(AccessMatrixTest::name))
                .as("routes without a need: register them with Operation.needs or Group.needing")
                .isEmpty();
    }

    @Test
    void every_route_lets_in_whom_the_table_allows_and_nobody_else() {
        List<String> wrong = new ArrayList<>();
        Map<String, Asker> askers = askers();
        for (RouteInfo route : gateway.routes()) {
            if (!route.needs().equals(Needs.ANYONE) && !route.pattern().startsWith(CONSOLE)) {
                askers.forEach((who, asker) -> {
                    int status = ask(asker.caller(), route, ABSENT).status();
                    if (!fits(route, asker, status)) {
                        wrong.add(name(route) + " (" + route.needs() + ") answers " + who + " with " + status);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_id_in_a_route_has_a_row() {
        assertThat(gateway.routes().stream()
                        .filter(AccessMatrixTest::aboutOne)
                        .filter(route -> object(route).isEmpty())
                        .filter(route -> SHOWN_ELSEWHERE.stream().noneMatch(route.pattern()::startsWith))
                        .map(AccessMatrixTest::name))
                .as("routes whose id nobody says anything of: add a row to OBJECTS")
                .isEmpty();
    }

    @Test
    void what_is_anothers_answers_as_what_is_not_there() {
        Caller other = gateway.caller(gateway.customer("50"));
        List<String> wrong = new ArrayList<>();
        for (RouteInfo route : gateway.routes()) {
            if (aboutOne(route)) {
                object(route).ifPresent(kind -> {
                    String foreign = objects.get(kind);
                    String absent = kind.equals("key") ? "absent0absent0ab" : ABSENT;
                    String theirs = said(ask(other, route, foreign), foreign);
                    String nobodys = said(ask(other, route, absent), absent);
                    if (!theirs.equals(nobodys)) {
                        wrong.add(name(route) + ": " + theirs + " and " + nobodys);
                    }
                });
            }
        }
        assertThat(wrong).as("another's and absent objects").isEmpty();
        Caller still = gateway.caller(owner);
        assertThat(still.get("/api/v1/jobs/" + objects.get("job")).status()).isEqualTo(200);
        assertThat(still.get("/api/v1/storage/" + objects.get("file")).status()).isEqualTo(200);
    }

    private static Map<String, Asker> askers() {
        OrganizationId organization = gateway.customer("1").organization();
        Map<String, Asker> askers = new LinkedHashMap<>();
        askers.put("nobody", new Asker(new Caller(gateway.url()), Optional.empty(), 401));
        NewKey revoked = gateway.anotherKey(organization);
        gateway.revoke(organization, revoked.id());
        askers.put("a revoked key", new Asker(gateway.caller(revoked), Optional.empty(), 401));
        NewKey resting = gateway.anotherKey(organization);
        gateway.rest(organization, resting.id());
        askers.put("a resting key", new Asker(gateway.caller(resting), Optional.empty(), 403));
        for (Role role : Role.values()) {
            NewKey key = gateway.anotherKey(organization, KeySpec.of(role.wire(), Environment.TEST, role));
            askers.put("the role " + role.wire(), let(key, new Standing(role, false, false, null)));
        }
        KeyScopes reading = new KeyScopes(Set.of(), List.of(), Set.of(), true);
        NewKey narrow = gateway.anotherKey(
                organization, KeySpec.owner("narrow", Environment.TEST).within(reading));
        askers.put("a key for reading alone", let(narrow, new Standing(Role.OWNER, false, true, null)));
        NewKey operator = gateway.anotherKey(gateway.operator().organization());
        askers.put("the operator", let(operator, new Standing(Role.OWNER, true, false, null)));
        return askers;
    }

    private static Asker let(NewKey key, Standing standing) {
        return new Asker(gateway.caller(key), Optional.of(standing), 403);
    }

    private static boolean fits(RouteInfo route, Asker asker, int status) {
        if (asker.standing().isEmpty()) {
            return status == asker.refusal() || SILENT.contains(name(route)) && asker.refusal() == 401 && status == 404;
        }
        if (route.needs().equals(Needs.PERSON)) {
            return status == 403; // a key is no person
        }
        if (REFUSED.contains(name(route))) {
            return status == 403;
        }
        Optional<Permission> permission = Needs.permission(route.needs());
        boolean allowed = permission.isEmpty() || asker.standing().get().may(permission.get());
        return allowed ? status != 401 && status != 403 : status == 403;
    }

    private static Reply ask(Caller caller, RouteInfo route, String id) {
        String last = route.pattern().replaceAll("\\{\\+(\\w+)}$", "{$1}");
        String path = last.replaceAll("\\{(id|assetId)}", id).replaceAll("\\{index}", "0");
        path = path.replaceAll("\\{\\w+}", "absent");
        boolean body = route.method().equals("POST")
                || route.method().equals("PUT")
                || route.method().equals("PATCH");
        return caller.with("Content-Type", "application/json")
                .call(route.method(), path, body ? "not JSON".getBytes(StandardCharsets.UTF_8) : new byte[0]);
    }

    private static boolean aboutOne(RouteInfo route) {
        return !route.needs().equals(Needs.ANYONE)
                && (route.pattern().contains("{id}") || route.pattern().contains("{assetId}"));
    }

    private static Optional<String> object(RouteInfo route) {
        return OBJECTS.keySet().stream()
                .filter(route.pattern()::startsWith)
                .map(OBJECTS::get)
                .findFirst();
    }

    private static String said(Reply reply, String id) {
        return reply.status() + " "
                + reply.text().replace(id, "…").replaceAll("\"(instance|request_id|requestId)\":\"[^\"]*\"", "");
    }

    private static String name(RouteInfo route) {
        return route.method() + " " + route.pattern();
    }

    /** One of each kind, all of one organization. */
    private static Map<String, String> objects(Caller caller) {
        Map<String, String> made = new HashMap<>();
        made.put("key", owner.id().text());
        made.put("organization", owner.organization().text());
        made.put(
                "invitation",
                caller.post("/api/v1/invitations", "{\"role\":\"viewer\"}").at("id"));
        made.put(
                "member",
                Folk.signUp(gateway, "ann")
                        .caller()
                        .get("/api/v1/members")
                        .json()
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString());
        String job = caller.post(
                        "/api/v1/generations",
                        "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"async\":true}")
                .at("id");
        made.put("job", job);
        made.put(
                "video",
                caller.post("/v1/videos", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"seconds\":\"1\"}")
                        .at("id"));
        Await.until(
                "the picture is made",
                () -> caller.get("/api/v1/jobs/" + job).at("status").equals("completed"));
        for (JsonNode file : caller.get("/api/v1/storage").json().path("data")) {
            made.put("file", file.path("id").asString());
        }
        made.forEach((kind, id) -> assertThat(id).as(kind).isNotEmpty());
        return made;
    }
}
