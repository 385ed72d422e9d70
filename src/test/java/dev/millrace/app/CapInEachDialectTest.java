package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One organization without money, and one whose key is capped: each dialect says so in its own shape, and nothing is held. */
class CapInEachDialectTest {
    private static final String IMAGE = "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}";
    private static final String CHAT =
            "{\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static Gateway gateway;
    private static NewKey poor;
    private static NewKey capped;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        poor = gateway.customer("0");
        capped = gateway.customer("10");
        gateway.cap(CapSubject.key(capped.organization(), capped.id()), CapPeriod.DAY, Money.ofNanos(1));
    }

    @AfterAll
    static void stop() {
        assertThat(gateway.openHolds()).isZero();
        gateway.check();
        gateway.close();
    }

    @Test
    void millrace_s_own_routes_say_402_and_403_with_the_numbers_and_the_cap() {
        Reply broke = gateway.caller(poor).post("/api/v1/generations", IMAGE);
        assertThat(broke.status()).isEqualTo(402);
        assertThat(broke.at("balance_usd")).isEqualTo("0.00");
        assertThat(broke.at("required_usd")).isNotEmpty();
        Reply over = gateway.caller(capped).post("/api/v1/generations", IMAGE);
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.at("code")).isEqualTo("spend_cap_reached");
        assertThat(over.at("cap")).isEqualTo("key.day");
        assertThat(over.at("limit_usd")).isEqualTo("0.000000001");
        assertThat(over.at("spent_usd")).isEqualTo("0.00");
        assertThat(over.at("balance_usd")).isEqualTo("10.00");
        assertThat(over.at("resets_at")).endsWith(":00Z");
    }

    @Test
    void chat_in_millrace_s_own_routes_has_the_shape_that_openai_s_clients_read() {
        Reply broke = gateway.caller(poor).post("/api/v1/chat/completions", CHAT);
        assertThat(broke.status()).isEqualTo(402);
        assertThat(broke.json().path("error").path("code").asString()).isEqualTo("insufficient_credits");
        Reply over = gateway.caller(capped).post("/api/v1/chat/completions", CHAT);
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.json().path("error").path("code").asString()).isEqualTo("spend_cap_reached");
        assertThat(over.json().path("error").path("message").asString()).contains("0.000000001 USD a day");
    }

    @Test
    void openai_s_dialect_says_insufficient_quota_and_that_a_repeat_is_in_vain() {
        for (NewKey key : List.of(poor, capped)) {
            for (String path : List.of("/v1/chat/completions", "/v1/images/generations")) {
                Reply refused = gateway.caller(key).post(path, path.contains("chat") ? CHAT : IMAGE);
                JsonNode error = refused.json().path("error");
                assertThat(refused.status()).as(path).isEqualTo(429);
                assertThat(refused.header("x-should-retry")).isEqualTo("false");
                assertThat(error.path("type").asString()).isEqualTo("insufficient_quota");
                assertThat(error.path("code").asString())
                        .isEqualTo(key == poor ? "insufficient_quota" : "billing_hard_limit_reached");
                assertThat(error.path("required_usd").asString()).isNotEmpty();
                assertThat(error.path("cap").asString("")).isEqualTo(key == poor ? "" : "key.day");
            }
        }
    }

    @Test
    void apiframe_s_dialect_counts_in_credits_and_names_the_cap() {
        Reply broke = apiframe(poor);
        assertThat(broke.status()).isEqualTo(402);
        assertThat(broke.at("error")).isEqualTo("Insufficient credits");
        assertThat(broke.json().path("creditsRequired").intValue()).isPositive();
        assertThat(broke.json().path("creditsAvailable").intValue()).isZero();
        Reply over = apiframe(capped);
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.at("error")).contains("the key may spend", "a day");
    }

    @Test
    void higgsfield_s_dialect_has_one_answer_for_both() {
        for (NewKey key : List.of(poor, capped)) {
            Reply refused = new Caller(gateway.url())
                    .with("Authorization", "Key " + key.id().text() + ":" + key.secret())
                    .post("/sandbox/image", "{\"prompt\":\"a\"}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.at("detail")).isEqualTo("Insufficient credits");
        }
    }

    @Test
    void openrouter_s_videos_say_402_and_403_in_their_shape() {
        String video = "{\"model\":\"sandbox/video\",\"prompt\":\"a\"}";
        Reply broke = gateway.caller(poor).post("/api/v1/videos", video);
        Reply over = gateway.caller(capped).post("/api/v1/videos", video);
        assertThat(broke.status()).isEqualTo(402);
        assertThat(broke.json().path("error").path("code").intValue()).isEqualTo(402);
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.json().path("error").path("code").intValue()).isEqualTo(403);
        assertThat(over.json().path("error").path("message").asString()).contains("the key may spend");
    }

    private static Reply apiframe(NewKey key) {
        return new Caller(gateway.url())
                .with("X-API-Key", key.full())
                .post("/v2/images/generate", "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}");
    }
}
