package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.PASSWORD;
import static dev.millrace.api.millrace.people.Folk.signIn;
import static dev.millrace.api.millrace.people.Folk.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(SqlDialect.class)
class InvitationsTest {
    @Parameter
    SqlDialect dialect;

    private Gateway gateway;
    private Somebody ann;

    @BeforeEach
    void start() {
        gateway = Folk.gateway(dialect, Folk.OPEN);
        ann = signUp(gateway, "ann");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void somebody_new_comes_in_with_a_link_and_nobody_else_after_him() {
        Reply invited = invite("{\"role\":\"developer\"}");
        assertThat(invited.at("link")).startsWith(gateway.url()).contains(invited.at("token"));
        Caller nobody = new Caller(gateway.url());
        Reply look = nobody.post("/api/v1/invitations/look", token(invited));
        assertThat(look.at("organization")).isEqualTo("ann");
        assertThat(look.at("role")).isEqualTo("developer");
        Reply joined = nobody.post("/api/v1/signup", signUpWith("bob", invited));
        assertThat(joined.at("organization")).isEqualTo(ann.organization());
        assertThat(nobody.post("/api/v1/signup", signUpWith("eve", invited)).at("reason"))
                .isEqualTo("link");
        assertThat(nobody.post("/api/v1/invitations/look", token(invited)).status())
                .isEqualTo(401);
        Reply members = ann.caller().get("/api/v1/members");
        assertThat(members.json().path("data")).hasSize(2);
        assertThat(ann.caller().get("/api/v1/invitations").text())
                .contains("used")
                .doesNotContain(invited.at("token"));
    }

    @Test
    void a_link_lets_in_where_sign_up_is_closed() {
        try (Gateway closed = Gateway.start(java.util.Map.of("people.password_memory_bytes", "64KiB"))) {
            Reply invited = closed.caller(closed.operator()).post("/api/v1/invitations", "{\"role\":\"viewer\"}");
            Reply joined = new Caller(closed.url()).post("/api/v1/signup", signUpWith("bob", invited));
            assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
            assertThat(Folk.session(closed, joined.at("token"))
                            .post("/api/v1/me/organizations", "{\"name\":\"Bob\"}")
                            .at("reason"))
                    .isEqualTo("sign_up");
        }
    }

    @Test
    void a_revoked_invitation_is_none() {
        Reply invited = invite("{\"role\":\"viewer\"}");
        String path = "/api/v1/invitations/" + invited.at("id");
        Somebody bob = signUp(gateway, "bob");
        assertThat(bob.caller().delete(path).status()).isEqualTo(404);
        assertThat(ann.caller().delete(path).status()).isEqualTo(200);
        assertThat(ann.caller().delete(path).status()).isEqualTo(404);
        assertThat(bob.caller()
                        .post("/api/v1/invitations/accept", token(invited))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void an_invitation_with_an_address_is_for_that_person_alone() {
        Reply invited = invite("{\"role\":\"viewer\",\"email\":\"bob@example.org\"}");
        Somebody eve = signUp(gateway, "eve");
        assertThat(eve.caller()
                        .post("/api/v1/invitations/accept", token(invited))
                        .status())
                .isEqualTo(403);
        Somebody bob = signUp(gateway, "bob");
        assertThat(bob.caller()
                        .post("/api/v1/invitations/accept", token(invited))
                        .at("role"))
                .isEqualTo("viewer");
        assertThat(bob.caller().get("/api/v1/members").json().path("data")).hasSize(2);
    }

    @Test
    void nobody_invites_above_himself() {
        Reply admin = invite("{\"role\":\"admin\"}");
        Somebody bob = signUp(gateway, "bob");
        bob.caller().post("/api/v1/invitations/accept", token(admin));
        assertThat(bob.caller()
                        .post("/api/v1/invitations", "{\"role\":\"owner\"}")
                        .at("reason"))
                .isEqualTo("role");
        assertThat(bob.caller()
                        .post("/api/v1/invitations", "{\"role\":\"admin\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_forgotten_password_is_set_anew_with_a_link_once() {
        Caller operator = gateway.caller(gateway.operator());
        Reply first = operator.post("/api/v1/password-links", "{\"email\":\"ann@example.org\"}");
        Reply link = operator.post("/api/v1/password-links", "{\"email\":\"ann@example.org\"}");
        Caller nobody = new Caller(gateway.url());
        assertThat(nobody.post("/api/v1/password-resets", reset(first)).status())
                .as("the link before the newest")
                .isEqualTo(401);
        assertThat(nobody.post("/api/v1/password-resets", reset(link))
                        .json()
                        .path("ended")
                        .asInt())
                .isEqualTo(1);
        assertThat(nobody.post("/api/v1/password-resets", reset(link)).status()).isEqualTo(401);
        assertThat(ann.caller().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(signIn(gateway, ann.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(gateway, ann.email(), "something quite new").status()).isEqualTo(201);
        assertThat(signUp(gateway, "bob")
                        .caller()
                        .post("/api/v1/password-links", "{\"email\":\"ann@example.org\"}")
                        .status())
                .as("an owner of another organization")
                .isEqualTo(403);
    }

    private Reply invite(String body) {
        Reply invited = ann.caller().post("/api/v1/invitations", body);
        assertThat(invited.status()).as(invited.toString()).isEqualTo(201);
        return invited;
    }

    private static String token(Reply invited) {
        return Json.object().put("token", invited.at("token")).toString();
    }

    private static String reset(Reply link) {
        return Json.object()
                .put("token", link.at("token"))
                .put("password", "something quite new")
                .toString();
    }

    private static String signUpWith(String name, Reply invited) {
        return Json.readOwnObject(Folk.signUpBody(name + "@example.org", name))
                .put("invitation", invited.at("token"))
                .toString();
    }
}
