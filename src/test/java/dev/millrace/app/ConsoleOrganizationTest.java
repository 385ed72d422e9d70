package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages about an organization's money, limits, keys and people, as browsers without scripts use them. */
class ConsoleOrganizationTest {
    private static final Pattern SECRET = Pattern.compile("<code id=\"secret\">(mr_[a-z0-9_]+)</code>");

    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of(
                "people.sign_up", "open",
                "people.password_memory_bytes", "64KiB",
                "people.password_passes", "1",
                "people.failures", "100",
                "invoices.seller_name", "Mill Ltd"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Browser signedUp(String name) {
        return Browser.signedUp(gateway.url(), name);
    }

    private static String organization(String name) {
        return gateway.database()
                .read(tx -> tx.one("select id from organizations where name = ?", row -> row.text("id"), name))
                .orElseThrow();
    }

    private static String key(Browser browser) {
        Reply made = browser.fill(
                "/console/keys",
                "/console/keys",
                Map.of("name", "first", "environment", "test", "role", "developer", "expires", "2099-12-31"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return Browser.found(made, SECRET);
    }

    private static Caller client(String key) {
        return new Caller(gateway.url()).with("Authorization", "Bearer " + key);
    }

    private static Reply image(Caller client) {
        return client.post("/api/v1/generations", "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\"}");
    }

    private static String page(String key) {
        return "/console/keys/" + key.split("_", 3)[1];
    }

    @Test
    void a_cap_that_is_set_in_the_console_refuses_and_one_that_is_removed_does_not() {
        Browser ann = signedUp("Ann");
        gateway.fund(organization("Ann"), "5");
        String key = key(ann);
        String subject = "key:" + key.split("_", 3)[1];
        Map<String, String> cap = Map.of("subject", subject, "period", "month", "limit_usd", "0.015");
        assertThat(ann.fill("/console/caps", "/console/caps", cap).header("Location"))
                .isEqualTo(page(key));
        assertThat(image(client(key)).status()).isEqualTo(200);
        Reply refused = image(client(key));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("key.month");
        assertThat(ann.get(page(key)).text()).contains("$0.015", "$0.01 spent", "$0.005 left");
        assertThat(ann.get("/console/caps").text()).contains("Key first", "$0.01 spent", "50 % of $0.015");
        Map<String, String> wrong = Map.of("subject", "organization", "period", "day", "limit_usd", "much");
        Reply told = ann.fill("/console/caps", "/console/caps", wrong);
        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text()).contains("The amount must be dollars");
        String foreign = "key:" + key(signedUp("Foreign")).split("_", 3)[1];
        assertThat(ann.fill(
                                "/console/caps",
                                "/console/caps",
                                Map.of("subject", foreign, "period", "day", "limit_usd", "1"))
                        .status())
                .as("another organization's key")
                .isEqualTo(400);
        ann.fill("/console/caps", "/console/caps", Map.of("subject", subject, "period", "month", "remove", "yes"));
        assertThat(image(client(key)).status()).isEqualTo(200);
        assertThat(ann.get("/console/audit?action=cap").text()).contains("cap.set", "cap.remove", "Ann");
    }

    @Test
    void a_key_is_rotated_with_an_overlap_suspended_resumed_and_narrowed() {
        Browser bob = signedUp("Bob");
        gateway.fund(organization("Bob"), "5");
        String key = key(bob);
        String page = page(key);
        assertThat(bob.get(page).text()).contains("value=\"2099-12-31\"", "none ticked: all");
        Reply rotated = bob.fill(page, page + "/rotate", Map.of("overlap_seconds", "3600"));
        String fresh = Browser.found(rotated, SECRET);
        assertThat(fresh).isNotEqualTo(key);
        assertThat(image(client(key)).status()).as("the former secret").isEqualTo(200);
        assertThat(image(client(fresh)).status()).isEqualTo(200);
        assertThat(bob.get(page).text()).contains("End it now").doesNotContain(fresh);
        bob.fill(page, page + "/end-former", Map.of());
        assertThat(image(client(key)).status()).isEqualTo(401);
        Reply tooLong = bob.fill(page, page + "/rotate", Map.of("overlap_seconds", "9999999"));
        assertThat(tooLong.text()).contains("The overlap must be");

        bob.fill(page, page + "/suspend", Map.of("reason", "it leaked"));
        Reply turned = image(client(fresh));
        assertThat(turned.status()).isEqualTo(403);
        assertThat(turned.text()).contains("it leaked");
        assertThat(bob.get(page).text()).contains("Suspended: it leaked");
        assertThat(bob.fill(page, page + "/resume", Map.of()).text()).contains("The key works again");
        assertThat(image(client(fresh)).status()).isEqualTo(200);

        Map<String, String> narrow = Map.of(
                "name",
                "renamed",
                "role",
                "developer",
                "modality_video",
                "on",
                "models",
                "acme/*",
                "networks",
                "10.0.0.0/8");
        assertThat(bob.fill(page, page, narrow).text()).contains("The key is changed", ">acme/*<", ">10.0.0.0/8<");
        assertThat(image(client(fresh)).status()).isEqualTo(403);
        assertThat(bob.fill(page, page, Map.of("name", "renamed", "networks", "nowhere"))
                        .text())
                .contains("The networks will not do");
        assertThat(bob.fill(page, page, Map.of("name", "renamed")).status()).isEqualTo(200);
        assertThat(image(client(fresh)).status()).isEqualTo(200);
    }

    @Test
    void the_limits_of_the_plan_are_seen_with_what_is_used_of_them() {
        Browser cleo = signedUp("Cleo");
        String key = key(cleo);
        assertThat(client(key).get("/api/v1/models").status()).isEqualTo(200);
        Caller operator = gateway.caller(gateway.operator());
        Reply set = operator.with("Content-Type", "application/json")
                .call(
                        "PUT",
                        "/api/v1/organizations/" + organization("Cleo") + "/limits",
                        "{\"requests_per_minute\": 1234, \"models\": {\"acme/*\": {\"tokens_per_minute\": 500}}}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(cleo.get("/console/limits").text())
                .contains("default", "Jobs queued or running", "1,234 per minute", "set for you", "acme/*");
        assertThat(cleo.get("/console/limits?key=" + key.split("_", 3)[1]).text())
                .contains("this installation", "first");
    }

    @Test
    void a_statement_is_seen_and_fetched_as_csv_and_json() {
        Browser dora = signedUp("Dora");
        gateway.fund(organization("Dora"), "5");
        assertThat(image(client(key(dora))).status()).isEqualTo(200);
        assertThat(dora.get("/console/statement").text()).contains("Opening", "$5", "settle", "$4.99", "UTC");
        Reply csv = dora.get("/console/statement/csv?from=&to=");
        assertThat(csv.text()).contains("at,kind,id", "opening", "topup", "closing");
        assertThat(csv.header("Content-Disposition")).contains("attachment; filename=\"statement-");
        assertThat(dora.get("/console/statement/json")
                        .json()
                        .path("closing")
                        .path("available_usd")
                        .asString())
                .isEqualTo("4.99");
        Reply wrong = dora.get("/console/statement?from=2026-02-30");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("The first day must be a date");
        assertThat(dora.get("/console/statement?from=2020-01-01&to=2020-01-31").text())
                .contains("$0");
    }

    @Test
    void invoices_are_listed_shown_and_fetched_by_their_organization_alone() {
        Browser ella = signedUp("Ella");
        String id = organization("Ella");
        Caller operator = gateway.caller(gateway.operator());
        assertThat(ella.get("/console/invoices").text()).contains("No invoices");
        Reply billing = operator.with("Content-Type", "application/json")
                .call(
                        "PATCH",
                        "/api/v1/organizations/" + id + "/billing",
                        "{\"invoicing\": true, \"legal_name\": \"Ella & Co\"}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(billing.status()).as(billing.toString()).isEqualTo(200);
        operator.with("Content-Type", "application/json")
                .call(
                        "PUT",
                        "/api/v1/organizations/" + id + "/credit",
                        "{\"line_usd\": \"10\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(image(client(key(ella))).status()).isEqualTo(200);
        Reply closed = operator.post("/api/v1/organizations/" + id + "/invoices", "{\"now\": true}");
        assertThat(closed.status()).as(closed.toString()).isEqualTo(201);
        String number = closed.json().path("invoice").path("number").asString();
        assertThat(ella.get("/console/invoices").text()).contains(number, "open", "$0.01");
        assertThat(ella.get("/console/invoices/" + number).text()).contains("Ella &amp; Co", "sandbox/image");
        assertThat(ella.get("/console/invoices/" + number + ".pdf").text()).startsWith("%PDF-");
        assertThat(ella.get("/console/invoices/" + number + ".csv").text()).contains("sandbox/image");
        assertThat(signedUp("Other").get("/console/invoices/" + number).status())
                .isEqualTo(404);
    }

    @Test
    void the_audit_log_names_people_is_narrowed_and_exported() {
        Browser finn = signedUp("Finn");
        key(finn);
        assertThat(finn.get("/console/audit").text()).contains("key.create", "Finn", "127.0.0.1");
        assertThat(finn.get("/console/audit?action=wallet").text()).contains("No such lines");
        assertThat(finn.get("/console/audit/csv?action=key&actor=&from=&to=").text())
                .startsWith("id,created_at")
                .contains("key.create")
                .doesNotContain("organization.create");
        assertThat(finn.get("/console/audit?from=soon").status()).isEqualTo(400);
    }

    @Test
    void somebody_is_invited_sees_the_link_once_and_the_invitation_is_taken_back() {
        Browser gil = signedUp("Gil");
        Reply made = gil.fill(
                "/console/members",
                "/console/members/invitations",
                Map.of("role", "viewer", "email", "hal@example.org"));
        String link = Browser.found(made, Pattern.compile("<code id=\"link\">[^<]*(/console/invitation[^<]+)<"));
        Reply list = gil.get("/console/members");
        assertThat(list.text()).contains("hal@example.org", "viewer").doesNotContain(link);
        String id = Browser.found(list, Pattern.compile("/console/members/invitations/([0-9a-f-]{36})/revoke"));
        assertThat(gil.fill("/console/members", "/console/members/invitations/" + id + "/revoke", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(gil.get("/console/members").text()).doesNotContain("hal@example.org");
        assertThat(Browser.fresh(gateway.url()).get(link).text()).contains("The invitation was taken back");
        assertThat(gil.get("/console/audit?action=invitation").text()).contains("invitation.revoke");
    }

    @Test
    void a_suspended_organization_says_so_on_every_page_and_offers_nothing_that_it_may_not() {
        Browser ivy = signedUp("Ivy");
        String key = key(ivy);
        String organization = organization("Ivy");
        Reply suspended = gateway.caller(gateway.operator())
                .post("/api/v1/organizations/" + organization + "/suspend", "{\"reason\": \"May is unpaid\"}");
        assertThat(suspended.status()).as(suspended.toString()).isEqualTo(200);
        for (String path : List.of("overview", "keys", "wallet", "caps", "settings")) {
            assertThat(ivy.get("/console/" + path).text())
                    .as(path)
                    .contains("The organization is suspended: May is unpaid");
        }
        assertThat(ivy.get("/console/keys").text()).contains("first").doesNotContain("Create key", ">Revoke<");
        assertThat(ivy.get(page(key)).text()).doesNotContain("Rotate the key");
        assertThat(ivy.get("/console/caps").text()).contains("Set a cap");
    }

    @Test
    void a_movement_says_what_it_did_to_what_can_be_spent_and_to_what_is_held() {
        Browser jan = signedUp("Jan");
        gateway.fund(organization("Jan"), "12345.5");
        assertThat(image(client(key(jan))).status()).isEqualTo(200);
        assertThat(jan.get("/console/wallet").text())
                .contains("+$12,345.50", "$12,345.49")
                .containsPattern("settle[^\\n]*data-name=\"Available\"></td>[^\\n]*>−\\$0\\.01<")
                .containsPattern("hold[^\\n]*>−\\$0\\.01<[^\\n]*>\\+\\$0\\.01<");
        assertThat(jan.get("/console/usage").text()).contains("1 image<");
    }
}
