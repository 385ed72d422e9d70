package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.api.millrace.people.TrailRows.Row;
import dev.millrace.app.Gateway;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every route that changes something says what it writes in the audit log, or why it writes nothing ({@link TrailRows}). Those of settings
 * and money are called here, and their line is looked for.
 */
class TrailRoutesTest {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String WHY = "{\"reason\":\"May is unpaid\"}";
    private static final String RULES = "{\"requests_per_minute\":900}";
    private static final String IMAGE =
            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"1024x1024\",\"async\":false}";

    private final Set<String> driven = new TreeSet<>();
    private final Set<String> known = new HashSet<>();
    private Gateway gateway;
    private Caller operator;
    private NewKey owner;
    private Caller customer;
    private String organization;

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("payments.stripe_key", "sk_test_ofthetrail0123456789");
        settings.put("payments.stripe_url", "http://127.0.0.1:1");
        gateway = Gateway.start(settings);
        operator = gateway.caller(gateway.operator());
        owner = gateway.customer("50");
        customer = gateway.caller(owner);
        organization = "/api/v1/organizations/" + owner.organization();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void every_route_that_changes_something_has_a_row() {
        Set<String> routes = gateway.routes().stream()
                .filter(route -> !READING.contains(route.method()))
                .map(AccessRows::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(TrailRows.all().keySet())
                .as("rows: what each route writes in the audit log, or why nothing; add yours to TrailRows")
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void an_action_that_is_only_said_is_one_that_something_writes() throws IOException {
        Set<String> seen = TrailRows.all().values().stream()
                .filter(Row::driven)
                .map(Row::said)
                .collect(Collectors.toSet());
        String code = code();
        assertThat(TrailRows.all().values())
                .filteredOn(row -> !row.silent() && !seen.contains(row.said()))
                .allSatisfy(row -> assertThat(code).contains("\"" + row.said() + "\""));
    }

    @Test
    void routes_of_settings_and_money_write_their_line() {
        organizations();
        limits();
        keys();
        people();
        prices();
        funds();
        invoices();
        reconciliations();
        Set<String> meant = TrailRows.all().values().stream()
                .filter(Row::driven)
                .map(Row::route)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(driven).isEqualTo(meant);
        gateway.check();
    }

    @Test
    void a_change_of_how_an_organization_is_billed_names_the_fields_and_not_what_stands_in_them() {
        String body = "{\"invoicing\":true,\"legal_name\":\"Acme Mills\",\"vat_id\":\"DE1\",\"due_days\":9}";
        JsonNode line = drive("PATCH", organization + "/billing", body);
        assertThat(line.path("facts").path("changed").asString()).isEqualTo("due_days,invoicing,legal_name,vat_id");
        assertThat(line.path("facts").path("invoicing").asString()).isEqualTo("true");
        assertThat(line.toString()).doesNotContain("Acme", "DE1");
        JsonNode again = drive("PATCH", organization + "/billing", "{\"vat_id\":\"DE2\",\"due_days\":9}");
        assertThat(again.path("facts").path("changed").asString()).isEqualTo("vat_id");
    }

    private void organizations() {
        drive("POST", "/api/v1/organizations", "{\"name\":\"Mills\"}");
        drive("PATCH", organization, "{\"time_zone\":\"Europe/London\"}");
        drive("PATCH", organization + "/billing", "{\"legal_name\":\"Acme\"}");
        drive("POST", organization + "/suspend", WHY);
        drive("POST", organization + "/resume", "");
    }

    private void limits() {
        drive("PUT", "/api/v1/plans/pro", RULES);
        drive("PUT", organization + "/limits", RULES);
        drive("PUT", organization + "/plan", "{\"plan\":\"pro\",\"running_jobs\":20}");
        drive(customer, "PUT", "/api/v1/keys/" + owner.id() + "/limits", RULES);
        String cap = "/api/v1/caps/key:" + owner.id() + "/day";
        drive(customer, "PUT", cap, "{\"limit_usd\":\"40\"}");
        drive(customer, "DELETE", cap, "");
    }

    private void keys() {
        drive(customer, "POST", "/api/v1/keys", "{\"name\":\"ci\"}");
        String key = "/api/v1/keys/"
                + customer.get("/api/v1/keys")
                        .json()
                        .path("data")
                        .valueStream()
                        .filter(one -> one.path("name").asString().equals("ci"))
                        .map(one -> one.path("hash").asString())
                        .findFirst()
                        .orElseThrow();
        drive(customer, "PATCH", key, "{\"name\":\"cd\"}");
        drive(customer, "POST", key + "/rotate", "{}");
        drive(customer, "DELETE", key + "/former", "");
        drive(customer, "POST", key + "/suspend", WHY);
        drive(customer, "POST", key + "/resume", "");
        drive(customer, "DELETE", key, "");
    }

    private void people() {
        Caller ann = Folk.signUp(gateway, "ann").caller();
        Caller bob = Folk.signUp(gateway, "bob").caller();
        drive(ann, "POST", "/api/v1/invitations", "{\"role\":\"viewer\"}");
        String made = ann.get("/api/v1/invitations")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asString();
        drive(ann, "DELETE", "/api/v1/invitations/" + made, "");
        String token = ann.post("/api/v1/invitations", "{\"role\":\"viewer\"}").at("token");
        drive(bob, "POST", "/api/v1/invitations/accept", "{\"token\":\"" + token + "\"}");
        String member = "/api/v1/members/"
                + ann.get("/api/v1/members")
                        .json()
                        .path("data")
                        .valueStream()
                        .filter(one -> one.path("role").asString().equals("viewer"))
                        .map(one -> one.path("id").asString())
                        .findFirst()
                        .orElseThrow();
        drive(ann, "PATCH", member, "{\"role\":\"billing\"}");
        drive(ann, "POST", member + "/suspend", WHY);
        drive(ann, "POST", member + "/resume", "");
        drive(ann, "DELETE", member, "");
    }

    private void prices() {
        String whom = "organization:" + owner.organization();
        drive("PUT", "/api/v1/prices/markup", "{\"for\":\"" + whom + "\",\"factor\":\"1.5\"}");
        drive("PUT", "/api/v1/prices/minimum", "{\"for\":\"" + whom + "\",\"usd\":\"0.02\"}");
        drive("DELETE", "/api/v1/prices/markup?for=" + whom, "");
        drive("DELETE", "/api/v1/prices/minimum?for=" + whom, "");
    }

    private void funds() {
        String later = LocalDate.now(ZoneOffset.UTC).plusYears(1) + "T00:00:00Z";
        drive("POST", organization + "/topups", "{\"amount_usd\":\"5\"}");
        drive("POST", organization + "/grants", "{\"amount_usd\":\"2\",\"expires_at\":\"" + later + "\"}");
        drive("PUT", organization + "/credit", "{\"line_usd\":\"7\"}");
        String job = customer.post("/api/v1/generations", IMAGE).at("id");
        drive(
                "POST",
                "/api/v1/refunds",
                "{\"charge\":\"job:" + job + "\",\"amount_usd\":\"0.000000003\",\"reason\":\"late\"}");
        String code = "{\"amount_usd\":\"4\",\"redeem_until\":\"" + later + "\"}";
        drive("POST", "/api/v1/codes", code);
        Reply made = operator.post("/api/v1/codes", code);
        drive(customer, "POST", "/api/v1/wallet/codes", "{\"code\":\"" + made.at("code") + "\"}");
        drive("DELETE", "/api/v1/codes/" + made.at("id"), "");
        beganWithoutItsPage();
        drive(
                customer,
                "PUT",
                "/api/v1/wallet/auto-topup",
                "{\"threshold_usd\":\"5\",\"amount_usd\":\"10\",\"monthly_ceiling_usd\":\"50\"}");
        drive(customer, "DELETE", "/api/v1/wallet/auto-topup", "");
    }

    /** The page of a payment can not be made here; the payment is begun, and the log says so. */
    private void beganWithoutItsPage() {
        fresh();
        customer.post("/api/v1/wallet/topups", "{\"amount_usd\":\"5\"}");
        seen("POST /api/v1/wallet/topups");
    }

    /** Somebody who pays behind his use, and is billed twice. */
    private void invoices() {
        NewKey debtor = gateway.customer("0");
        String owing = "/api/v1/organizations/" + debtor.organization();
        drive("PUT", owing + "/credit", "{\"line_usd\":\"7\"}");
        drive("PATCH", owing + "/billing", "{\"invoicing\":true,\"legal_name\":\"Debtors\"}");
        drive("PUT", "/api/v1/prices/minimum", "{\"for\":\"default\",\"usd\":\"0.50\"}");
        String voided = billed(debtor, owing);
        drive("POST", "/api/v1/invoices/" + voided + "/void", "{\"reason\":\"wrong name\"}");
        String paid = billed(debtor, owing);
        drive("POST", "/api/v1/invoices/" + paid + "/payments", "{\"amount_usd\":\"0.10\",\"reference\":\"wire-1\"}");
    }

    private String billed(NewKey debtor, String owing) {
        assertThat(gateway.caller(debtor).post("/api/v1/generations", IMAGE).status())
                .isLessThan(300);
        JsonNode line = drive("POST", owing + "/invoices", "{\"now\":true}");
        return line.path("subject").asString().replaceFirst("^invoice:", "");
    }

    private void reconciliations() {
        String path = "/api/v1/reconciliations?provider=sandbox&period=" + YearMonth.now(ZoneOffset.UTC)
                + "&columns=request%3Did%2Camount%3Dusd";
        JsonNode line = drive(operator.with("Content-Type", "text/csv"), "POST", path, "id,usd\nnobodys,0.5\n");
        String id = line.path("subject").asString().replaceFirst("^reconciliation:", "");
        drive("POST", "/api/v1/reconciliations/" + id + "/lines/1/book", "{\"reason\":\"agreed\"}");
    }

    private JsonNode drive(String method, String path, String body) {
        return drive(operator, method, path, body);
    }

    /** Calls a route, which succeeds and writes what its row says; the line. */
    private JsonNode drive(Caller caller, String method, String path, String body) {
        fresh();
        Caller typed =
                path.startsWith("/api/v1/reconciliations?") ? caller : caller.with("Content-Type", "application/json");
        Reply reply = typed.call(method, path, body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(method + " " + path + ": " + reply).isBetween(200, 299);
        return seen(route(method, path.replaceFirst("\\?.*", "")));
    }

    private JsonNode seen(String route) {
        Row row = TrailRows.all().get(route);
        assertThat(row).as("a row of " + route).isNotNull();
        List<JsonNode> written = fresh();
        assertThat(written)
                .as("the line of " + route)
                .anyMatch(line -> line.path("action").asString().equals(row.said()));
        driven.add(route);
        return written.stream()
                .filter(line -> line.path("action").asString().equals(row.said()))
                .findFirst()
                .orElseThrow();
    }

    /** Lines that were not seen before. */
    private List<JsonNode> fresh() {
        return operator.get("/api/v1/audit-log?organization=all&limit=20")
                .json()
                .path("data")
                .valueStream()
                .filter(line -> known.add(line.path("id").asString()))
                .toList();
    }

    /** The route that a path is of: the one with the fewest parts to choose. */
    private String route(String method, String path) {
        return gateway.routes().stream()
                .filter(route ->
                        route.method().equals(method) && !route.pattern().contains("{+"))
                .filter(route -> path.matches(route.pattern().replaceAll("\\{\\w+}", "[^/]+")))
                .min((one, other) -> Long.compare(choices(one), choices(other)))
                .map(AccessRows::name)
                .orElseThrow(() -> new AssertionError("no route of " + method + " " + path));
    }

    private static long choices(RouteInfo route) {
        return route.pattern().chars().filter(letter -> letter == '{').count();
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
