package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.people.Folk.PASSWORD;
import static dev.millrace.api.millrace.people.Folk.signIn;
import static dev.millrace.api.millrace.people.Folk.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.bastiaanjansen.otp.TOTPGenerator;
import dev.millrace.api.millrace.people.Folk.Somebody;
import dev.millrace.app.Gateway;
import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwoStepTest {
    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void signing_in_takes_a_code_that_works_once_or_a_recovery_code(SqlDialect dialect) {
        try (Gateway gateway = Folk.gateway(dialect, Folk.OPEN)) {
            Somebody ann = signUp(gateway, "ann");
            Reply begun = ann.caller().post("/api/v1/me/totp", "");
            assertThat(begun.at("uri")).contains("secret=" + begun.at("secret"));
            assertThat(signIn(gateway, ann.email(), PASSWORD).status())
                    .as("before it is confirmed")
                    .isEqualTo(201);
            Instant now = Instant.now();
            Reply confirmed = ann.caller().post("/api/v1/me/totp/confirm", code(at(begun, now)));
            assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
            String recovery = confirmed.json().path("recovery_codes").path(0).asString();
            assertThat(signIn(gateway, ann.email(), PASSWORD).at("reason")).isEqualTo("code_needed");
            String current = at(begun, now.plusSeconds(30));
            assertThat(signInWith(gateway, ann, current).status()).isEqualTo(201);
            assertThat(signInWith(gateway, ann, current).at("reason")).isEqualTo("code");
            assertThat(signInWith(gateway, ann, recovery).status()).isEqualTo(201);
            assertThat(signInWith(gateway, ann, recovery).status()).isEqualTo(401);
            assertThat(ann.caller().post("/api/v1/me/totp", "").status()).isEqualTo(400);
            String another = confirmed.json().path("recovery_codes").path(1).asString();
            assertThat(ann.caller().post("/api/v1/me/totp/end", code(another)).status())
                    .isEqualTo(200);
            assertThat(signIn(gateway, ann.email(), PASSWORD).status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void who_has_lost_every_code_is_helped_by_whoever_runs_the_installation(SqlDialect dialect) {
        try (Gateway gateway = Folk.gateway(dialect, Folk.OPEN)) {
            Somebody ann = signUp(gateway, "ann");
            Caller operator = gateway.caller(gateway.operator());
            String path = "/api/v1/people/" + ann.id() + "/totp";
            assertThat(operator.delete(path).status()).as("there is none").isEqualTo(404);
            Reply begun = ann.caller().post("/api/v1/me/totp", "");
            ann.caller().post("/api/v1/me/totp/confirm", code(at(begun, Instant.now())));
            assertThat(ann.caller().delete(path).status()).isEqualTo(403);
            assertThat(operator.delete(path).status()).isEqualTo(200);
            assertThat(ann.caller().get("/api/v1/me").status()).isEqualTo(401);
            assertThat(signIn(gateway, ann.email(), PASSWORD).status()).isEqualTo(201);
            assertThat(operator.get("/api/v1/audit-log?organization=all&action=person.totp_off")
                            .text())
                    .contains("\"how\":\"operator\"");
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void of_many_guesses_at_once_no_more_count_than_one_by_one(SqlDialect dialect) throws Exception {
        try (Gateway gateway = Folk.gateway(dialect, Folk.OPEN)) {
            Somebody ann = signUp(gateway, "ann");
            Reply begun = ann.caller().post("/api/v1/me/totp", "");
            ann.caller().post("/api/v1/me/totp/confirm", code(at(begun, Instant.now())));
            List<Future<Reply>> guesses = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    String guess = "wrong" + i;
                    guesses.add(threads.submit(() -> ann.caller().post("/api/v1/me/totp/end", code(guess))));
                }
            }
            int taken = 0;
            for (Future<Reply> guess : guesses) {
                assertThat(guess.get().status()).isIn(401, 429);
                taken += guess.get().status() == 401 ? 1 : 0;
            }
            assertThat(taken).isEqualTo(10);
        }
    }

    private static String at(Reply begun, Instant time) {
        return TOTPGenerator.withDefaultValues(begun.at("secret").getBytes(StandardCharsets.US_ASCII))
                .at(time);
    }

    private static String code(String code) {
        return Json.object().put("code", code).toString();
    }

    private static Reply signInWith(Gateway gateway, Somebody who, String code) {
        return new Caller(gateway.url())
                .post(
                        "/api/v1/sessions",
                        Json.object()
                                .put("email", who.email())
                                .put("password", PASSWORD)
                                .put("code", code)
                                .toString());
    }
}
