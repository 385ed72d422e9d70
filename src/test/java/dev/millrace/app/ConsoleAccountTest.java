package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.payments.ScriptedStripe;
import dev.millrace.server.RouteInfo;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people see and do in the console who are signed in, as browsers do it: cookies and forms. */
class ConsoleAccountTest {
    private static ScriptedStripe stripe;
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        stripe = new ScriptedStripe();
        gateway = Gateway.start(Map.of(
                "payments.stripe_key", "sk_test_ofthetests0123456789",
                "payments.stripe_webhook_secret", "whsec_ofthetests0123456789",
                "payments.stripe_url", stripe.url().toString(),
                "people.sign_up", "open",
                "people.password_memory_bytes", "64KiB",
                "people.password_passes", "1",
                "people.failures", "100"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stripe.close();
    }

    private static Browser signedUp(String name) {
        return Browser.signedUp(gateway.url(), name);
    }

    @Test
    void somebody_signs_up_makes_a_key_and_sees_what_it_made_and_spent() {
        Browser ann = signedUp("Ann");
        assertThat(ann.get("/console/overview").text()).contains("Ann", "$0.00", "Nothing here yet");
        Reply made = ann.fill("/console/keys", "/console/keys", Map.of("name", "first", "environment", "test"));
        assertThat(made.status()).isEqualTo(201);
        Matcher secret =
                Pattern.compile("<code id=\"secret\">(mr_[a-z0-9_]+)</code>").matcher(made.text());
        assertThat(secret.find()).isTrue();
        String key = secret.group(1);
        assertThat(ann.get("/console/keys").text()).contains("first").doesNotContain(key);

        Caller client = new Caller(gateway.url()).with("Authorization", "Bearer " + key);
        String organization = gateway.database()
                .read(tx -> tx.list("select id from organizations where name = 'Ann'", row -> row.text("id")))
                .getFirst();
        gateway.fund(organization, "5");
        assertThat(client.post("/api/v1/generations", "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ann.get("/console/overview").text()).contains("$4.99", "$0.01", "sandbox/image", "<img src=\"/");
        assertThat(ann.get("/console/usage?by=model").text()).contains("sandbox/image", "1 image", "$0.01");
        assertThat(ann.get("/console/usage/csv?by=model").text())
                .isEqualTo("model,requests,charge_usd\r\nsandbox/image,1,0.01\r\n");
        assertThat(ann.get("/console/wallet").text()).contains("topup", "hold", "settle", "$4.99");
        assertThat(ann.get("/console/members").text())
                .contains("Ann@example.org".toLowerCase(java.util.Locale.ROOT), "owner");

        String id = key.split("_", 3)[1];
        Reply rotated = ann.fill("/console/keys", "/console/keys/" + id + "/rotate", Map.of());
        assertThat(rotated.text()).contains("mr_" + id + "_").doesNotContain(key);
        assertThat(client.get("/api/v1/wallet").status())
                .as("the former secret works on")
                .isEqualTo(200);
        assertThat(ann.fill("/console/keys", "/console/keys/" + id + "/revoke", Map.of())
                        .status())
                .isEqualTo(303);
        assertThat(client.get("/api/v1/wallet").status()).isEqualTo(401);
        assertThat(ann.get("/console/keys").text()).contains("revoked");
    }

    @Test
    void somebody_tops_up_by_card_and_is_told_what_is_wrong_with_an_amount() {
        Browser pat = signedUp("Pat");
        Reply begun = pat.fill("/console/wallet", "/console/wallet/topups", Map.of("amount", "25.00"));
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        assertThat(begun.text()).contains("href=\"https://checkout.stripe.test/");
        for (String wrong : List.of("0.001", "-5", "much", "0")) {
            Reply refused = pat.fill("/console/wallet", "/console/wallet/topups", Map.of("amount", wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.text()).contains("The amount ");
        }
    }

    @Test
    void a_form_without_the_token_of_its_session_changes_nothing() {
        Browser eve = signedUp("Eve");
        Browser other = signedUp("Other");
        for (String token : List.of("", "0".repeat(64), Browser.token(other.get("/console/keys")))) {
            Reply refused = eve.send("/console/keys", Map.of("name", "stolen", "form_token", token));
            assertThat(refused.status()).isEqualTo(403);
        }
        assertThat(eve.get("/console/keys").text()).doesNotContain("stolen");
        assertThat(Browser.fresh(gateway.url())
                        .send("/console/sign-in", Map.of("email", "eve@example.org", "password", Browser.PASSWORD))
                        .status())
                .as("signing in from another site's form")
                .isEqualTo(403);
    }

    @Test
    void a_session_is_opened_by_signing_in_and_never_brought_along() {
        signedUp("Fix");
        Browser browser = Browser.fresh(gateway.url());
        browser.cookies().put("millrace_session", "ms_" + "a".repeat(50));
        assertThat(browser.get("/console/overview").status()).isEqualTo(303);
        Reply in = browser.fill(
                "/console/sign-in",
                "/console/sign-in",
                Map.of("email", "fix@example.org", "password", Browser.PASSWORD));
        assertThat(in.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Lax", "Path=/console")
                .doesNotContain("aaaa");
        String session = browser.cookies().get("millrace_session");
        assertThat(browser.get("/console/overview").status()).isEqualTo(200);
        assertThat(browser.get("/console/overview").header("Cache-Control")).isEqualTo("no-store");
        Reply out = browser.fill("/console/overview", "/console/sign-out", Map.of());
        assertThat(out.header("Location")).isEqualTo("/console/sign-in");
        browser.cookies().put("millrace_session", session);
        assertThat(browser.get("/console/overview").status())
                .as("a session that has ended")
                .isEqualTo(303);
    }

    @Test
    void a_wrong_password_is_told_and_who_is_not_signed_in_is_led_to_where_he_can() {
        Browser browser = Browser.fresh(gateway.url());
        Reply wrong = browser.fill(
                "/console/sign-in", "/console/sign-in", Map.of("email", "nobody@example.org", "password", "no"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).contains("role=\"alert\"", "nobody@example.org");
        assertThat(browser.get("/console/keys").header("Location")).isEqualTo("/console/sign-in?to=%2Fconsole%2Fkeys");
    }

    @Test
    void what_people_wrote_is_text_on_every_page() {
        Browser mallory = signedUp("<script>alert(1)</script>");
        String evil = "\"><img src=x onerror=alert(2)>";
        Reply made = mallory.fill("/console/keys", "/console/keys", Map.of("name", evil));
        assertThat(made.status()).isEqualTo(201);
        for (String page : List.of(
                "overview",
                "keys",
                "wallet",
                "usage?by=key",
                "jobs",
                "members",
                "caps",
                "limits",
                "audit",
                "settings")) {
            String html = mallory.get("/console/" + page).text();
            assertThat(html).as(page).doesNotContain("<script>alert", "<img src=x");
        }
        assertThat(mallory.get("/console/keys").text()).contains("&lt;img src=x");
    }

    @Test
    void each_page_is_for_the_roles_that_the_table_lets_in() {
        List<String> wrong = new ArrayList<>();
        for (Role role : Role.values()) {
            Browser browser = signedUp("Role " + role.wire());
            gateway.database()
                    .writer()
                    .write(
                            "test",
                            tx -> tx.update(
                                    "update members set role = ? where person = (select id from people where email = ?)",
                                    role,
                                    "role" + role.wire() + "@example.org"));
            String token = Browser.token(
                    browser.get("/console/sign-in").status() == 303
                            ? browser.get("/console/overview")
                            : browser.get("/console/sign-in"));
            for (RouteInfo route : gateway.routes()) {
                var permission = Needs.permission(route.needs());
                if (route.pattern().startsWith("/console/") && permission.isPresent()) {
                    String path = route.pattern().replaceAll("\\{\\w+}", "absent");
                    Reply reply = route.method().equals("GET")
                            ? browser.get(path)
                            : browser.send(path, Map.of("form_token", token));
                    boolean refused = reply.status() == 403;
                    if (refused == role.may(permission.get())) {
                        wrong.add(role + " " + route.method() + " " + path + ": " + reply.status());
                    }
                    int stranger = Browser.fresh(gateway.url())
                            .get("/console/overview")
                            .status();
                    assertThat(stranger).isEqualTo(303);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(gateway.routes().stream().map(RouteInfo::needs)).contains(Permission.READ_KEYS.wire());
    }

    @Test
    void a_sign_up_that_is_refused_keeps_what_was_typed() {
        Reply refused = Browser.fresh(gateway.url())
                .fill(
                        "/console/sign-up",
                        "/console/sign-up",
                        Map.of(
                                "name",
                                "Zed",
                                "organization",
                                "Zed & Co",
                                "email",
                                "zed@example.org",
                                "password",
                                "short"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("value=\"Zed\"", "value=\"Zed &amp; Co\"", "value=\"zed@example.org\"", "10 characters");
    }

    @Test
    void who_may_not_see_a_page_is_told_so_as_a_person_and_led_back() {
        Browser kim = Browser.signedUp(gateway.url(), "Kim");
        assertThat(kim.get("/console/nothing").text()).contains("To the console");
        Reply foreign = kim.send("/console/keys", Map.of("name", "x"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.text()).contains("You may not do this").doesNotContain("The key may not");
    }
}
