package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members in the console: another role, suspended and resumed, taken out, by who may. */
class ConsoleMembersTest {
    private static final Pattern LINK = Pattern.compile("<code id=\"link\">[^<]*(/console/invitation[^<]+)<");
    private static final Pattern SECRET = Pattern.compile("<code id=\"secret\">(mr_[a-z0-9_]+)</code>");

    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of(
                "people.sign_up", "open",
                "people.password_memory_bytes", "64KiB",
                "people.password_passes", "1",
                "people.failures", "100"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Somebody who comes in by an invitation, with that role. */
    private static Browser invited(Browser host, String name, String role) {
        Reply made = host.fill("/console/members", "/console/members/invitations", Map.of("role", role));
        String link = Browser.found(made, LINK);
        Browser guest = Browser.fresh(gateway.url());
        Reply in = guest.fill(
                link,
                "/console/invitation",
                Map.of(
                        "token",
                        link.substring(link.indexOf('=') + 1),
                        "name",
                        name,
                        "email",
                        Browser.address(name),
                        "password",
                        Browser.PASSWORD));
        assertThat(in.status()).as(in.toString()).isEqualTo(303);
        return guest;
    }

    /** The page of a member of that name, as the list links to it. */
    private static String page(Browser reader, String name) {
        return Browser.found(
                reader.get("/console/members"),
                Pattern.compile("<a href=\"(/console/members/[0-9a-f-]{36})\">" + name));
    }

    private static Caller key(Browser browser, String role) {
        Reply made = browser.fill(
                "/console/keys", "/console/keys", Map.of("name", "mine", "environment", "live", "role", role));
        return new Caller(gateway.url()).with("Authorization", "Bearer " + Browser.found(made, SECRET));
    }

    @Test
    void a_member_is_given_another_role_and_his_keys_shrink_with_it() {
        Browser ann = Browser.signedUp(gateway.url(), "Ann");
        Browser bob = invited(ann, "Bob", "admin");
        Caller key = key(bob, "admin");
        String page = page(ann, "Bob");
        assertThat(ann.get(page).text()).contains("bob@example.org", "mine", "Change role", "Suspend");
        assertThat(ann.fill(page, page + "/role", Map.of("role", "viewer")).text())
                .contains("The role is viewer now");
        assertThat(key.post("/api/v1/keys", "{\"name\":\"more\"}").status()).isEqualTo(403);
        assertThat(bob.get(page).text()).contains("viewer").doesNotContain("Change role", "Remove from");
        assertThat(bob.fill("/console/settings", page + "/role", Map.of("role", "owner"))
                        .status())
                .isEqualTo(403);
        assertThat(ann.fill(page, page + "/role", Map.of("role", "king")).text())
                .contains("The role must be one of those in the list");
        assertThat(ann.get("/console/audit?action=member").text()).contains("member.role");
    }

    @Test
    void a_member_is_suspended_reads_why_and_is_resumed() {
        Browser cleo = Browser.signedUp(gateway.url(), "Cleo");
        Browser dan = invited(cleo, "Dan", "developer");
        Caller key = key(dan, "developer");
        String page = page(cleo, "Dan");
        assertThat(cleo.fill(page, page + "/suspend", Map.of("reason", " ")).text())
                .contains("The reason will not do");
        assertThat(cleo.fill(page, page + "/suspend", Map.of("reason", "laptop <lost>"))
                        .text())
                .contains("Suspended: laptop &lt;lost&gt;", "Resume");
        assertThat(dan.get("/console/overview").status()).isEqualTo(403);
        assertThat(key.get("/api/v1/members").status()).isEqualTo(403);
        assertThat(cleo.get("/console/members").text()).contains(">suspended<");
        cleo.fill(page, page + "/resume", Map.of());
        assertThat(dan.get("/console/overview").status()).isEqualTo(200);
        assertThat(key.get("/api/v1/members").status()).isEqualTo(200);
    }

    @Test
    void a_member_is_taken_out_with_his_keys_and_the_last_owner_is_not() {
        Browser eve = Browser.signedUp(gateway.url(), "Eve");
        Browser fay = invited(eve, "Fay", "developer");
        Caller key = key(fay, "developer");
        String page = page(eve, "Fay");
        Reply removed = eve.fill(page, page + "/remove", Map.of());
        assertThat(removed.header("Location")).isEqualTo("/console/members");
        assertThat(key.get("/api/v1/members").status()).isEqualTo(401);
        assertThat(fay.get("/console/overview").status()).isEqualTo(403);
        assertThat(eve.get(page).status()).isEqualTo(404);
        String own = page(eve, "Eve");
        assertThat(eve.get(own).text()).contains("Leave the organization").doesNotContain("\"reason\"");
        assertThat(eve.fill(own, own + "/remove", Map.of()).text()).contains("An organization keeps an owner");
        assertThat(eve.fill(own, own + "/role", Map.of("role", "viewer")).text())
                .contains("An organization keeps an owner");
        assertThat(eve.fill(own, own + "/suspend", Map.of("reason", "x")).text())
                .contains("Nobody suspends or resumes himself");
    }

    @Test
    void nobody_changes_a_member_above_himself_of_elsewhere_or_by_a_forged_form() {
        Browser gus = Browser.signedUp(gateway.url(), "Gus");
        Browser ida = invited(gus, "Ida", "admin");
        String owners = page(ida, "Gus");
        assertThat(ida.get(owners).text()).doesNotContain("Change role");
        for (String deed : new String[] {"/role", "/suspend", "/remove"}) {
            assertThat(ida.fill("/console/settings", owners + deed, Map.of("role", "viewer", "reason", "x"))
                            .status())
                    .as(deed)
                    .isEqualTo(403);
            assertThat(gus.send(page(gus, "Ida") + deed, Map.of("role", "viewer", "reason", "x"))
                            .status())
                    .as(deed + " without the token of its page")
                    .isEqualTo(403);
        }
        String own = page(ida, "Ida");
        assertThat(ida.fill(own, own + "/role", Map.of("role", "owner")).status())
                .isEqualTo(403);
        Browser other = Browser.signedUp(gateway.url(), "Joe");
        assertThat(other.get(owners).status()).isEqualTo(404);
        assertThat(other.fill("/console/members", owners + "/remove", Map.of()).status())
                .isEqualTo(404);
    }
}
