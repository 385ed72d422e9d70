package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.WebhookSink;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * W2: every attempt of every policy has a valid signature over the exact bytes. They are checked here by hand, from what a receiver has: the
 * request and its API key.
 */
class WebhookSigningTest {
    private static final String SMALL = "\"sandbox\":{\"draft\":true,\"latency_ms\":0}";
    private static final int TRIES = 3;

    /** One way to ask to be told, and how often such an event is tried when the receiver fails. */
    private enum Way {
        HIGGSFIELD(TRIES),
        HIGGSFIELD_V1(TRIES),
        APIFRAME(1),
        OPENROUTER(TRIES),
        MILLRACE(TRIES);

        private final int attempts;

        Way(int attempts) {
            this.attempts = attempts;
        }

        Caller.Reply submit(Gateway gateway, NewKey key, String hook) {
            Caller caller = gateway.caller(key).with("X-API-Key", key.full());
            return switch (this) {
                case HIGGSFIELD ->
                    caller.with(
                                    "Authorization",
                                    "Key " + key.full().substring(3).replace('_', ':'))
                            .post("/sandbox/image?hf_webhook=" + hook, "{\"prompt\":\"a\"," + SMALL + "}");
                case HIGGSFIELD_V1 ->
                    caller.with(
                                    "Authorization",
                                    "Key " + key.full().substring(3).replace('_', ':'))
                            .post(
                                    "/sandbox/image",
                                    "{\"params\":{\"prompt\":\"a\"," + SMALL + "},\"webhook\":{\"url\":\"" + hook
                                            + "\",\"secret\":\"told to nobody\"}}");
                case APIFRAME ->
                    caller.post(
                            "/v2/images/generate",
                            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"webhookUrl\":\"" + hook + "\"," + SMALL
                                    + "}");
                case OPENROUTER ->
                    caller.post(
                            "/api/v1/videos",
                            "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"callback_url\":\"" + hook + "\"," + SMALL
                                    + "}");
                case MILLRACE ->
                    caller.post(
                            "/api/v1/generations",
                            "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"async\":true,\"callback_url\":\"" + hook
                                    + "\"," + SMALL + "}");
            };
        }
    }

    static Stream<Arguments> databases() {
        return Stream.of(SqlDialect.values())
                .flatMap(database -> Stream.of("raw", "hex").map(form -> Arguments.of(database, form)));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void W2_every_attempt_of_every_policy_is_signed_over_its_exact_bytes(SqlDialect database, String form) {
        Map<String, String> settings =
                new HashMap<>(Map.of("egress.allow", "127.0.0.0/8", "apiframe.secret_form", form));
        LocalPostgres server = database == SqlDialect.POSTGRESQL ? LocalPostgres.shared() : null;
        if (server != null) {
            settings.put("database.url", server.url(server.createDatabase()));
        }
        try (Gateway gateway = Gateway.start(settings)) {
            NewKey key = gateway.customer("20");
            for (Way way : Way.values()) {
                try (WebhookSink sink = WebhookSink.start().answering(500, 503, 200)) {
                    Caller.Reply reply = way.submit(gateway, key, sink.url());
                    assertThat(reply.status()).as(way + " " + reply).isBetween(200, 202);
                    Await.until(way + " is tried as often as it is", Duration.ofSeconds(30), () -> {
                        dueNow(gateway);
                        return sink.deliveries().size() >= way.attempts && resting(gateway);
                    });
                    assertThat(sink.deliveries()).as(way.name()).hasSize(way.attempts);
                    verified(way, sink.deliveries(), key, form);
                }
            }
            gateway.check();
        }
    }

    private static void dueNow(Gateway gateway) {
        gateway.database()
                .writer()
                .write(
                        "x",
                        tx -> tx.update("update due_work set due_at = 0 where kind = 'webhook' and owner is null"
                                + " and rank is null"));
    }

    private static boolean resting(Gateway gateway) {
        return gateway.database().<Long>read(tx -> tx.count("select count(*) from due_work where kind = 'webhook'"))
                == 0;
    }

    private static void verified(Way way, List<Recorded> attempts, NewKey key, String form) {
        byte[] secret = sha256(key.full().getBytes(StandardCharsets.UTF_8));
        assertThat(attempts.stream()
                        .map(attempt -> attempt.header("webhook-id"))
                        .distinct())
                .as(way + " has one id")
                .hasSize(1)
                .doesNotContain("");
        for (Recorded attempt : attempts) {
            String signed = attempt.header("webhook-id") + "." + attempt.header("webhook-timestamp") + ".";
            assertThat(attempt.header("webhook-signature"))
                    .as(way.name())
                    .isEqualTo("v1,"
                            + Base64.getEncoder()
                                    .encodeToString(
                                            hmac(secret, signed.getBytes(StandardCharsets.UTF_8), attempt.body())));
            Instant at = Instant.ofEpochSecond(Long.parseLong(attempt.header("webhook-timestamp")));
            assertThat(Duration.between(at, Instant.now())).isBetween(Duration.ofSeconds(-2), Duration.ofMinutes(1));
            if (way == Way.APIFRAME) {
                byte[] keyed = form.equals("raw")
                        ? secret
                        : HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII);
                assertThat(attempt.header("X-Webhook-Signature"))
                        .isEqualTo("sha256=" + HexFormat.of().formatHex(hmac(keyed, attempt.body())));
            }
            if (way == Way.HIGGSFIELD_V1) {
                assertThat(attempt.header("X-Webhook-Secret-Key")).isEqualTo("told to nobody");
            }
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
