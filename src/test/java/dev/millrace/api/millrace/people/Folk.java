package dev.millrace.api.millrace.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.LocalPostgres;
import java.util.HashMap;
import java.util.Map;

/** People at a running gateway. */
public final class Folk {
    public static final String PASSWORD = "four words say it";

    /** Anybody may sign up, and hashing is quick. */
    public static final Map<String, String> OPEN =
            Map.of("people.sign_up", "open", "people.password_memory_bytes", "64KiB", "people.password_passes", "1");

    private Folk() {}

    /** A gateway on a fresh database of that kind. */
    public static Gateway gateway(SqlDialect dialect, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (dialect == SqlDialect.POSTGRESQL) {
            LocalPostgres server = LocalPostgres.shared();
            all.put("database.url", server.url(server.createDatabase()));
        }
        return Gateway.start(all);
    }

    /** Somebody who is signed in. */
    public record Somebody(Caller caller, String id, String organization, String email) {}

    /** Signs somebody up, with an organization of his own. */
    public static Somebody signUp(Gateway gateway, String name) {
        String email = name + "@example.org";
        Reply reply = new Caller(gateway.url()).post("/api/v1/signup", signUpBody(email, name));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return new Somebody(
                session(gateway, reply.at("token")),
                reply.json().path("person").path("id").asString(),
                reply.at("organization"),
                email);
    }

    public static String signUpBody(String email, String name) {
        return Json.object()
                .put("email", email)
                .put("password", PASSWORD)
                .put("name", name)
                .toString();
    }

    public static Caller session(Gateway gateway, String token) {
        return new Caller(gateway.url()).with("Authorization", "Bearer " + token);
    }

    public static Reply signIn(Gateway gateway, String email, String password) {
        return new Caller(gateway.url())
                .post(
                        "/api/v1/sessions",
                        Json.object()
                                .put("email", email)
                                .put("password", password)
                                .toString());
    }
}
