package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.bastiaanjansen.otp.TOTPGenerator;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody changes about himself in the console: name, password, second step, sessions, and where he looks. */
class ConsoleSettingsTest {
    private static final String SETTINGS = "/console/settings";

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

    private static Browser signedUp(String name) {
        return Browser.signedUp(gateway.url(), name);
    }

    private static Reply signIn(String name, Map<String, String> more) {
        Map<String, String> fields = new java.util.TreeMap<>(more);
        fields.put("email", Browser.address(name));
        fields.putIfAbsent("password", Browser.PASSWORD);
        return Browser.fresh(gateway.url()).fill("/console/sign-in", "/console/sign-in", fields);
    }

    @Test
    void a_name_and_a_password_are_changed_and_other_sessions_end() {
        Browser ann = signedUp("Ann");
        assertThat(ann.fill(SETTINGS, SETTINGS + "/profile", Map.of("name", "Anna"))
                        .text())
                .contains("Your name is changed", "value=\"Anna\"", "ann@example.org");
        Browser other = Browser.fresh(gateway.url());
        other.fill(
                "/console/sign-in",
                "/console/sign-in",
                Map.of("email", "ann@example.org", "password", Browser.PASSWORD));
        String fresh = "another one, as good";
        Reply wrong = ann.fill(
                SETTINGS, SETTINGS + "/password", Map.of("current", "not it", "password", fresh, "again", fresh));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("The current password is wrong");
        Map<String, String> right = Map.of("current", Browser.PASSWORD, "password", fresh, "again", fresh);
        assertThat(ann.fill(SETTINGS, SETTINGS + "/password", right).text())
                .contains("The password is changed", "One other session has ended");
        assertThat(other.get(SETTINGS).status()).isEqualTo(303);
        assertThat(ann.get(SETTINGS).status()).as("the session that did it").isEqualTo(200);
        assertThat(signIn("Ann", Map.of()).status()).isEqualTo(401);
        assertThat(signIn("Ann", Map.of("password", fresh)).status()).isEqualTo(303);
    }

    @Test
    void two_steps_are_set_up_by_a_square_confirmed_by_a_code_and_ended_by_a_recovery_code() {
        Browser bea = signedUp("Bea");
        Reply begun = bea.fill(SETTINGS, SETTINGS + "/two-step", Map.of());
        String secret = Browser.found(begun, Pattern.compile("id=\"totp-secret\"[^>]*>([A-Z2-7]+)<"));
        assertThat(begun.text()).contains("<svg class=\"qr\"", "otpauth://totp/Millrace:bea%40example.org?secret=");
        Reply wrong = bea.fill(SETTINGS, SETTINGS + "/two-step/confirm", Map.of("code", "000000", "secret", secret));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("The code is wrong", ">" + secret + "<");
        String code = TOTPGenerator.withDefaultValues(secret.getBytes(StandardCharsets.US_ASCII))
                .now();
        Reply on = bea.fill(SETTINGS, SETTINGS + "/two-step/confirm", Map.of("code", code, "secret", secret));
        assertThat(on.text()).contains("Two-step sign-in is on").doesNotContain(secret);
        Matcher codes = Pattern.compile("<li><code>([A-Za-z0-9]{16})</code>").matcher(on.text());
        List<String> recovery = codes.results().map(found -> found.group(1)).toList();
        assertThat(recovery).hasSize(10);
        assertThat(signIn("Bea", Map.of()).status()).isEqualTo(401);
        assertThat(signIn("Bea", Map.of("code", recovery.get(0))).status()).isEqualTo(303);
        Reply off = bea.fill(SETTINGS, SETTINGS + "/two-step/end", Map.of("code", recovery.get(1)));
        assertThat(off.text()).contains("the password alone", "Set it up");
        assertThat(signIn("Bea", Map.of()).status()).isEqualTo(303);
    }

    @Test
    void sessions_are_seen_and_ended_one_by_one_or_all_others() {
        Browser cleo = signedUp("Cleo");
        Browser[] others = new Browser[3];
        for (int i = 0; i < others.length; i++) {
            others[i] = Browser.fresh(gateway.url());
            others[i].fill(
                    "/console/sign-in",
                    "/console/sign-in",
                    Map.of("email", "cleo@example.org", "password", Browser.PASSWORD));
        }
        Reply list = cleo.get(SETTINGS);
        assertThat(list.text()).contains("this one", "127.0.0.1");
        String id = Browser.found(list, Pattern.compile("/console/settings/sessions/([0-9a-f-]{36})/end"));
        assertThat(cleo.fill(SETTINGS, SETTINGS + "/sessions/" + id + "/end", Map.of())
                        .text())
                .contains("The session has ended");
        Browser eve = signedUp("Eva");
        String foreign =
                Browser.found(cleo.get(SETTINGS), Pattern.compile("/console/settings/sessions/([0-9a-f-]{36})/end"));
        assertThat(eve.fill(SETTINGS, SETTINGS + "/sessions/" + foreign + "/end", Map.of())
                        .text())
                .as("another's session")
                .contains("was over already");
        assertThat(cleo.fill(SETTINGS, SETTINGS + "/sessions/end-others", Map.of())
                        .text())
                .contains("2 other sessions have ended");
        for (Browser other : others) {
            assertThat(other.get(SETTINGS).status()).isEqualTo(303);
        }
        assertThat(cleo.get(SETTINGS).status()).isEqualTo(200);
    }

    @Test
    void who_belongs_to_several_organizations_turns_from_one_to_another_and_to_none_that_is_not_his() {
        Browser dan = signedUp("Dan");
        Browser host = signedUp("Host");
        Reply invited =
                host.fill("/console/members", "/console/members/invitations", Map.of("role", "viewer", "email", ""));
        String link = Browser.found(invited, Pattern.compile("<code id=\"link\">[^<]*(/console/invitation[^<]+)<"));
        assertThat(dan.get("/console/overview").text()).doesNotContain("class=\"switch\"");
        dan.fill(link, "/console/invitation", Map.of("token", link.substring(link.indexOf('=') + 1)));
        Reply there = dan.get("/console/overview");
        assertThat(there.text())
                .contains("<span>Host</span>", "class=\"switch\"")
                .doesNotContain("/console/audit");
        String own = Browser.found(there, Pattern.compile("name=\"organization\" value=\"([^\"]+)\">Dan<"));
        assertThat(dan.fill("/console/overview", "/console/organization", Map.of("organization", own))
                        .status())
                .isEqualTo(303);
        assertThat(dan.get("/console/overview").text()).contains("<span>Dan</span>", "/console/audit");
        assertThat(host.fill("/console/overview", "/console/organization", Map.of("organization", own))
                        .status())
                .isEqualTo(404);
        assertThat(host.get("/console/overview").text()).contains("Host").doesNotContain(">Dan<");
    }
}
