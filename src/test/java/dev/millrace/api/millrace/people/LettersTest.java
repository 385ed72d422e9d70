package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.PASSWORD;
import static dev.millrace.api.millrace.people.Folk.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.MailServer;
import dev.millrace.testkit.MailServer.Got;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people are written, at a gateway that sends letters to a real mail server. */
@ParameterizedClass
@EnumSource(SqlDialect.class)
class LettersTest {
    @Parameter
    SqlDialect dialect;

    private final MailServer mail = MailServer.start();
    private Gateway gateway;
    private Caller nobody;

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("server.public_url", "https://gate.example");
        settings.put("mail.host", "127.0.0.1");
        settings.put("mail.port", Integer.toString(mail.port()));
        settings.put("mail.tls", "off");
        settings.put("mail.from", "millrace@gate.example");
        settings.put("people.verify_email", "required");
        gateway = Folk.gateway(dialect, settings);
        nobody = new Caller(gateway.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
        mail.close();
    }

    @Test
    void who_signs_up_comes_in_when_he_has_opened_his_letter() {
        assertThat(signUp("ann@example.org").status()).isEqualTo(202);
        assertThat(signIn(gateway, "ann@example.org", PASSWORD).status()).isEqualTo(401);
        Got letter = mail.await(1);
        assertThat(letter.to()).isEqualTo("ann@example.org");
        assertThat(letter.words("text/plain")).contains("https://gate.example/console/verify?token=mv_");
        assertThat(nobody.get("/console/verify?token=" + letter.token()).text()).contains("It is mine");
        assertThat(signIn(gateway, "ann@example.org", PASSWORD).status())
                .as("a link that was only looked at")
                .isEqualTo(401);
        assertThat(prove(letter.token()).status()).isEqualTo(200);
        assertThat(prove(letter.token()).at("reason")).isEqualTo("link");
        Reply in = signIn(gateway, "ann@example.org", PASSWORD);
        assertThat(in.status()).isEqualTo(201);
        assertThat(Folk.session(gateway, in.at("token"))
                        .post("/api/v1/keys", "{\"name\":\"mine\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_taken_address_is_answered_as_a_free_one_and_its_owner_hears_of_it() {
        Reply free = signUp("ann@example.org");
        prove(mail.await(1).token());
        Reply taken = nobody.post("/api/v1/signup", Folk.signUpBody("ANN@example.org", "eve"));
        assertThat(taken.status()).isEqualTo(free.status());
        assertThat(taken.text()).isEqualTo(free.text());
        assertThat(mail.await(2).words("text/plain")).contains("wanted to sign up", "Nothing was changed");
        assertThat(nobody.post("/api/v1/signup", Folk.signUpBody("ann@example.org", " "))
                        .status())
                .as("a bad name says nothing of the address")
                .isEqualTo(nobody.post("/api/v1/signup", Folk.signUpBody("bob@example.org", " "))
                        .status());
        assertThat(signIn(gateway, "ann@example.org", PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void a_mailbox_gets_no_more_letters_than_its_owner_can_bear() {
        for (int i = 0; i < 9; i++) {
            assertThat(signUp("ann@example.org").status()).isEqualTo(202);
        }
        assertThat(gateway.database().<Long>read(tx -> tx.count("select count(*) from mails")))
                .isEqualTo(5);
    }

    @Test
    void an_invitation_goes_by_mail_alone_and_proves_the_address_of_who_comes_by_it() {
        Reply invited = gateway.caller(gateway.operator())
                .post("/api/v1/invitations", "{\"role\":\"developer\",\"email\":\"bob@example.org\"}");
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.text()).doesNotContain("mi_");
        Got letter = mail.await(1);
        assertThat(letter.subject()).isEqualTo("You are invited to Operator");
        Reply in = nobody.post(
                "/api/v1/signup",
                Json.readOwnObject(Folk.signUpBody("bob@example.org", "bob"))
                        .put("invitation", letter.token())
                        .toString());
        assertThat(in.status()).as(in.toString()).isEqualTo(201);
        assertThat(in.json().path("person").path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void who_has_not_shown_that_the_address_is_his_looks_and_changes_nothing() {
        Reply invited = gateway.caller(gateway.operator()).post("/api/v1/invitations", "{\"role\":\"admin\"}");
        Reply in = nobody.post(
                "/api/v1/signup",
                Json.readOwnObject(Folk.signUpBody("bob@example.org", "bob"))
                        .put("invitation", invited.at("token"))
                        .toString());
        assertThat(in.status()).as(in.toString()).isEqualTo(201);
        Caller bob = Folk.session(gateway, in.at("token"));
        assertThat(bob.get("/api/v1/keys").status()).isEqualTo(200);
        Reply refused = bob.post("/api/v1/keys", "{\"name\":\"mine\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("unverified", "/api/v1/me/email-verification");
        assertThat(bob.post("/api/v1/me/email-verification", "").status()).isEqualTo(202);
        String first = mail.await(1).token();
        String second = mail.await(2).token();
        assertThat(prove(first).status()).as("the newest link alone").isEqualTo(401);
        assertThat(prove(second).status()).isEqualTo(200);
        assertThat(bob.post("/api/v1/keys", "{\"name\":\"mine\"}").status()).isEqualTo(201);
    }

    @Test
    void a_forgotten_password_is_asked_for_by_anybody_and_sent_to_its_owner_alone() {
        signUp("ann@example.org");
        mail.await(1);
        Reply known = nobody.post("/api/v1/password-requests", "{\"email\":\"ann@example.org\"}");
        Reply unknown = nobody.post("/api/v1/password-requests", "{\"email\":\"eve@example.org\"}");
        assertThat(known.status()).isEqualTo(202);
        assertThat(unknown.text().replace("eve", "ann")).isEqualTo(known.text());
        Got letter = mail.await(2);
        assertThat(letter.words("text/plain")).contains("https://gate.example/console/password?token=mp_");
        Reply set = nobody.post(
                "/api/v1/password-resets",
                Json.object()
                        .put("token", letter.token())
                        .put("password", "something quite new")
                        .toString());
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(signIn(gateway, "ann@example.org", "something quite new").status())
                .as("the letter proved the address as well")
                .isEqualTo(201);
        assertThat(mail.letters()).hasSize(2);
    }

    @Test
    void whoever_signed_up_first_with_somebody_elses_address_has_no_password_to_it_once_its_owner_comes() {
        String eves = Folk.signUpBody("ann@example.org", "ann").replace(PASSWORD, "the words of eve");
        assertThat(nobody.post("/api/v1/signup", eves).status()).isEqualTo(202);
        mail.await(1);
        assertThat(signUp("ann@example.org").status()).isEqualTo(202);
        assertThat(prove(mail.await(2).token()).at("has_password")).isEqualTo("false");
        assertThat(signIn(gateway, "ann@example.org", "the words of eve").status())
                .isEqualTo(401);
        nobody.post("/api/v1/password-requests", "{\"email\":\"ann@example.org\"}");
        nobody.post(
                "/api/v1/password-resets",
                Json.object()
                        .put("token", mail.await(3).token())
                        .put("password", PASSWORD)
                        .toString());
        assertThat(signIn(gateway, "ann@example.org", PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void who_signs_up_twice_with_the_same_password_keeps_it() {
        signUp("ann@example.org");
        mail.await(1);
        signUp("ann@example.org");
        assertThat(prove(mail.await(2).token()).status()).isEqualTo(200);
        assertThat(signIn(gateway, "ann@example.org", PASSWORD).status()).isEqualTo(201);
    }

    private Reply signUp(String email) {
        return nobody.post("/api/v1/signup", Folk.signUpBody(email, "ann"));
    }

    private Reply prove(String token) {
        return nobody.post(
                "/api/v1/email-verifications", Json.object().put("token", token).toString());
    }
}
