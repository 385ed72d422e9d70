package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.PASSWORD;
import static dev.millrace.api.millrace.people.Folk.signIn;
import static dev.millrace.api.millrace.people.Folk.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(SqlDialect.class)
class SigningInTest {
    @Parameter
    SqlDialect dialect;

    private Gateway gateway;

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(Folk.OPEN);
        settings.put("people.failures", "3");
        settings.put("people.lock_for", "10m");
        gateway = Folk.gateway(dialect, settings);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void somebody_signs_up_and_owns_an_organization() {
        Somebody ann = signUp(gateway, "ann");
        assertThat(ann.caller().get("/api/v1/me").at("email")).isEqualTo("ann@example.org");
        Reply organizations = ann.caller().get("/api/v1/me/organizations");
        assertThat(organizations.json().path("data").path(0).path("role").asString())
                .isEqualTo("owner");
        assertThat(ann.caller()
                        .get("/api/v1/organizations/" + ann.organization())
                        .at("name"))
                .isEqualTo("ann");
        assertThat(ann.caller().get("/api/v1/wallet").at("available_usd")).startsWith("0");
        Reply model = ann.caller().post("/api/v1/quotes", "{\"model\":\"sandbox/image\"}");
        assertThat(model.at("reason")).isEqualTo("key");
    }

    @Test
    void an_address_signs_up_once_in_whatever_case() {
        signUp(gateway, "ann");
        Reply again = new Caller(gateway.url()).post("/api/v1/signup", Folk.signUpBody("ANN@Example.org ", "ann"));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).contains("email");
    }

    @Test
    void nobody_signs_up_where_it_is_closed() {
        try (Gateway closed = Gateway.start()) {
            Reply reply = new Caller(closed.url()).post("/api/v1/signup", Folk.signUpBody("ann@example.org", "ann"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.at("reason")).isEqualTo("sign_up");
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_address_sound_the_same() {
        signUp(gateway, "ann");
        Reply wrong = signIn(gateway, "ann@example.org", "not the password");
        Reply unknown = signIn(gateway, "bob@example.org", "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(withoutId(wrong)).isEqualTo(withoutId(unknown));
    }

    @Test
    void who_guesses_is_locked_out_and_told_the_truth_known_or_not() {
        signUp(gateway, "ann");
        for (String email : List.of("ann@example.org", "nobody@example.org")) {
            for (int i = 0; i < 3; i++) {
                assertThat(signIn(gateway, email, "guess number " + i).status()).isEqualTo(401);
            }
            Reply locked = signIn(gateway, email, PASSWORD);
            assertThat(locked.status()).isEqualTo(429);
            assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(590, 600);
        }
        assertThat(gateway.database().<Long>read(tx -> tx.count("select count(*) from sessions")))
                .isEqualTo(1);
    }

    @Test
    void who_gets_in_has_nothing_held_against_him() {
        signUp(gateway, "ann");
        for (int round = 0; round < 3; round++) {
            signIn(gateway, "ann@example.org", "a slip of the pen");
            signIn(gateway, "ann@example.org", "another slip");
            assertThat(signIn(gateway, "ann@example.org", PASSWORD).status()).isEqualTo(201);
        }
    }

    @Test
    void sessions_are_listed_and_ended_one_by_one_or_all_at_once() {
        Somebody ann = signUp(gateway, "ann");
        Reply second = signIn(gateway, ann.email(), PASSWORD);
        Caller there = Folk.session(gateway, second.at("token"));
        assertThat(ann.caller().get("/api/v1/sessions").json().path("data")).hasSize(2);
        assertThat(ann.caller().delete("/api/v1/sessions/" + second.at("id")).status())
                .isEqualTo(200);
        assertThat(there.get("/api/v1/me").status()).isEqualTo(401);
        Somebody bob = signUp(gateway, "bob");
        Reply foreign = bob.caller()
                .delete("/api/v1/sessions/"
                        + ann.caller()
                                .get("/api/v1/sessions")
                                .json()
                                .path("data")
                                .path(0)
                                .path("id")
                                .asString());
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(ann.caller().delete("/api/v1/sessions").json().path("ended").asInt())
                .isEqualTo(1);
        assertThat(ann.caller().get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void a_new_password_ends_the_other_sessions_and_the_old_one_is_no_use() {
        Somebody ann = signUp(gateway, "ann");
        Caller there =
                Folk.session(gateway, signIn(gateway, ann.email(), PASSWORD).at("token"));
        String change = "{\"current_password\":\"" + PASSWORD + "\",\"password\":\"another one altogether\"}";
        String link = gateway.caller(gateway.operator())
                .post("/api/v1/password-links", "{\"email\":\"" + ann.email() + "\"}")
                .at("token");
        assertThat(ann.caller()
                        .post("/api/v1/me/password", change)
                        .json()
                        .path("ended")
                        .asInt())
                .isEqualTo(1);
        assertThat(there.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(ann.caller().get("/api/v1/me").status()).isEqualTo(200);
        assertThat(signIn(gateway, ann.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(new Caller(gateway.url())
                        .post(
                                "/api/v1/password-resets",
                                "{\"token\":\"" + link + "\",\"password\":\"set by the link\"}")
                        .status())
                .as("a link from before")
                .isEqualTo(401);
        assertThat(signIn(gateway, ann.email(), "another one altogether").status())
                .isEqualTo(201);
    }

    @Test
    void neither_a_password_nor_a_token_is_kept_anywhere() {
        Somebody ann = signUp(gateway, "ann");
        String token = signIn(gateway, ann.email(), PASSWORD).at("token");
        List<String> rows = gateway.database().read(tx -> {
            List<String> all = new java.util.ArrayList<>(
                    tx.list("select password_hash from people", row -> row.text("password_hash")));
            all.addAll(tx.list("select device || address as said from sessions", row -> row.text("said")));
            all.addAll(tx.list("select facts || subject as said from audit_log", row -> row.text("said")));
            return all;
        });
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(PASSWORD) || row.contains(token));
        assertThat(rows.getFirst()).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    }

    private static String withoutId(Reply reply) {
        return reply.text().replaceAll("[0-9a-f-]{36}", "");
    }
}
