package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the links lead to that people are given: invitations and passwords, where nobody signs up by himself. */
class ConsoleDoorsTest {
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of(
                "people.password_memory_bytes", "64KiB",
                "people.password_passes", "1",
                "people.failures", "100"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Caller operator() {
        return gateway.caller(gateway.operator());
    }

    /** The path of an invitation's link, as the API hands it out. */
    private static String invited(String body) {
        Reply made = operator().post("/api/v1/invitations", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return path(made.at("link"));
    }

    private static String path(String link) {
        return link.substring(link.indexOf("/console/"));
    }

    private static String token(String path) {
        return path.substring(path.indexOf("token=") + 6);
    }

    private static Reply join(Browser browser, String link, String name, String email) {
        return browser.fill(
                link,
                "/console/invitation",
                Map.of("token", token(link), "name", name, "email", email, "password", Browser.PASSWORD));
    }

    private static Browser arrived(String name, String role) {
        Browser browser = Browser.fresh(gateway.url());
        Reply in = join(browser, invited("{\"role\": \"" + role + "\"}"), name, Browser.address(name));
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        return browser;
    }

    private static JsonNode trail(String action) {
        return operator().get("/api/v1/audit-log?action=" + action).json().path("data");
    }

    @Test
    void somebody_new_comes_in_by_the_link_and_nobody_after_him() {
        arrived("Host", "owner");
        String link = invited("{\"role\": \"developer\"}");
        Browser ann = Browser.fresh(gateway.url());
        assertThat(ann.get(link).text()).contains("Join ", "developer", "Create account and join");
        Reply weak = ann.fill(
                link,
                "/console/invitation",
                Map.of("token", token(link), "name", "Ann", "email", "ann@example.org", "password", "short"));
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.text()).contains("The password must have at least 10 characters", "value=\"Ann\"");
        Reply in = join(ann, link, "Ann", "ann@example.org");
        assertThat(in.header("Location")).isEqualTo("/console/overview");
        assertThat(ann.get("/console/overview").text()).contains("Ann");
        assertThat(trail("member.join").size()).isPositive();
        Reply late = Browser.fresh(gateway.url()).get(link);
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.text()).contains("The invitation was used").doesNotContain("name=\"password\"");
        Reply second = join(Browser.fresh(gateway.url()), invited("{\"role\": \"viewer\"}"), "Ann", "ann@example.org");
        assertThat(second.status()).as("an address signs up once").isEqualTo(400);
        assertThat(second.text()).contains("somebody signs in with it", "/console/sign-in?to=");
    }

    @Test
    void who_has_an_account_signs_in_and_joins_and_is_a_member_once() {
        arrived("Bob", "viewer");
        String link = invited("{\"role\": \"developer\"}");
        Browser bob = Browser.fresh(gateway.url());
        String signIn = "/console/sign-in?to=" + link;
        assertThat(bob.get(link).text()).contains(signIn);
        Reply in = bob.fill(
                signIn,
                "/console/sign-in",
                Map.of("to", link, "email", "bob@example.org", "password", Browser.PASSWORD));
        assertThat(in.header("Location")).isEqualTo(link);
        assertThat(bob.get(link).text()).contains("belong to", "already").doesNotContain("name=\"password\"");
        gateway.database()
                .writer()
                .write(
                        "test",
                        tx -> tx.update("delete from members where person ="
                                + " (select id from people where email = 'bob@example.org')"));
        assertThat(bob.get(link).text()).contains("Join as bob@example.org");
        assertThat(bob.fill(link, "/console/invitation", Map.of("token", token(link)))
                        .status())
                .isEqualTo(303);
        assertThat(bob.get("/console/overview").status()).isEqualTo(200);
    }

    @Test
    void nobody_is_sent_away_by_a_link_that_leads_to_the_sign_in() {
        arrived("Cem", "viewer");
        for (String to :
                new String[] {"https://elsewhere.example", "//elsewhere.example", "/v1/models", "/console/../x"}) {
            Browser browser = Browser.fresh(gateway.url());
            Reply in = browser.fill(
                    "/console/sign-in",
                    "/console/sign-in",
                    Map.of("to", to, "email", "cem@example.org", "password", Browser.PASSWORD));
            assertThat(in.header("Location")).as(to).isEqualTo("/console/overview");
        }
    }

    @Test
    void an_invitation_for_one_address_is_for_nobody_else() {
        String link = invited("{\"role\": \"viewer\", \"email\": \"dora@example.org\"}");
        assertThat(arrived("Eve", "viewer").get(link).text())
                .contains("is for <b>dora@example.org</b>", "Sign out")
                .doesNotContain("Join as");
        Browser thief = Browser.fresh(gateway.url());
        assertThat(thief.get(link).text()).contains("readonly value=\"dora@example.org\"");
        assertThat(join(thief, link, "Thief", "thief@example.org").status()).isEqualTo(403);
        assertThat(join(thief, link, "Dora", "dora@example.org").status()).isEqualTo(303);
        assertThat(verified("dora@example.org"))
                .as("the link was shown to whoever invited, who may have used it himself")
                .isFalse();
    }

    @Test
    void who_comes_by_a_link_that_only_his_mailbox_had_has_shown_that_the_address_is_his() {
        String link = invited("{\"role\": \"viewer\", \"email\": \"finn@example.org\"}");
        gateway.database()
                .writer()
                .write(
                        "test",
                        tx -> tx.update(
                                "update invitations set mailed_at = ? where email = 'finn@example.org'", tx.now()));
        assertThat(join(Browser.fresh(gateway.url()), link, "Finn", "finn@example.org")
                        .status())
                .isEqualTo(303);
        assertThat(verified("finn@example.org")).isTrue();
    }

    private static boolean verified(String email) {
        return gateway.database()
                .read(tx -> tx.one(
                        "select email_verified_at from people where email = ?",
                        row -> row.numberOrNull("email_verified_at") != null,
                        email))
                .orElseThrow();
    }

    @Test
    void a_link_that_works_no_more_says_why() {
        Browser browser = Browser.fresh(gateway.url());
        Reply unknown = browser.get("/console/invitation?token=mi_" + "a".repeat(50));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).contains("No such invitation");
        String revoked = invited("{\"role\": \"viewer\"}");
        String id = operator()
                .get("/api/v1/invitations")
                .json()
                .path("data")
                .get(0)
                .path("id")
                .asString();
        assertThat(operator().delete("/api/v1/invitations/" + id).status()).isEqualTo(200);
        assertThat(browser.get(revoked).text()).contains("The invitation was taken back");
        Reply forced = browser.fill(
                "/console/sign-in",
                "/console/invitation",
                Map.of(
                        "token",
                        token(revoked),
                        "name",
                        "Gil",
                        "email",
                        "gil@example.org",
                        "password",
                        Browser.PASSWORD));
        assertThat(forced.status()).isEqualTo(401);
        String expired = invited("{\"role\": \"viewer\", \"email\": \"hal@example.org\"}");
        gateway.database()
                .writer()
                .write(
                        "test",
                        tx -> tx.update("update invitations set expires_at = 1 where email = 'hal@example.org'"));
        assertThat(browser.get(expired).status()).isEqualTo(410);
        assertThat(browser.get(expired).text()).contains("The invitation has expired");
        assertThat(browser.get("/console/password?token=mp_" + "a".repeat(50)).text())
                .contains("The link no longer works");
    }

    @Test
    void a_password_is_set_by_its_link_once_and_ends_every_session() {
        Browser ida = arrived("Ida", "viewer");
        String link = path(operator()
                .post("/api/v1/password-links", "{\"email\": \"ida@example.org\"}")
                .at("link"));
        Browser other = Browser.fresh(gateway.url());
        assertThat(other.get(link).text()).contains("For ida@example.org", "Set a new password");
        Map<String, String> fields = Map.of("token", token(link), "password", "a new one, longer", "again", "not it");
        assertThat(other.fill(link, "/console/password", fields).text()).contains("not the same");
        Reply set = other.fill(
                link,
                "/console/password",
                Map.of("token", token(link), "password", "a new one, longer", "again", "a new one, longer"));
        assertThat(set.text()).contains("The password is set", "One session has ended");
        assertThat(ida.get("/console/overview").status())
                .as("the session of the former password")
                .isEqualTo(303);
        assertThat(other.get(link).text()).contains("The link no longer works");
        assertThat(other.fill(
                                "/console/sign-in",
                                "/console/sign-in",
                                Map.of("email", "ida@example.org", "password", "a new one, longer"))
                        .status())
                .isEqualTo(303);
        String late = path(operator()
                .post("/api/v1/password-links", "{\"email\": \"ida@example.org\"}")
                .at("link"));
        gateway.database().writer().write("test", tx -> tx.update("update person_links set expires_at = 1"));
        assertThat(other.get(late).text()).contains("The link has expired");
    }
}
