package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Canary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole gateway does with what customers say and send. */
class CustodyTest {
    private static final String WORD = "quagmirehopper";
    private static final String PROMPT = "\"prompt\":\"a " + WORD + "\"";

    @TempDir
    Path folder;

    private Gateway gateway;
    private NewKey key;

    @BeforeEach
    void start() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "rules: [{code: beasts, words: [" + WORD + "]}]");
        gateway = Gateway.start(Map.of("moderation.file", rules.toString()));
        key = gateway.customer("5");
    }

    @AfterEach
    void close() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void what_breaks_a_rule_is_told_as_each_dialect_tells_it_and_costs_nothing() {
        Caller bearer = gateway.caller(key);
        Caller higgsfield = new Caller(gateway.url())
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret());
        Reply submitted = higgsfield.post("/sandbox/image", "{" + PROMPT + "}");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(higgsfield.get(submitted.at("status_url")).at("status")).isEqualTo("nsfw");

        Caller apiframe = new Caller(gateway.url()).with("X-API-Key", key.full());
        Reply accepted = apiframe.post("/v2/images/generate", "{\"model\":\"sandbox/image\"," + PROMPT + "}");
        assertThat(accepted.status()).isEqualTo(202);
        Reply job = apiframe.get("/v2/jobs/" + accepted.at("jobId"));
        assertThat(job.at("status")).isEqualTo("FAILED");
        assertThat(job.text()).containsIgnoringCase("moderation").doesNotContain(WORD);

        Reply openai = bearer.post("/v1/images/generations", "{\"model\":\"sandbox/image\"," + PROMPT + "}");
        assertThat(openai.status()).isEqualTo(400);
        assertThat(openai.json().path("error").path("code").asString()).isEqualTo("moderation_blocked");

        Reply own = bearer.post("/api/v1/generations", "{\"model\":\"sandbox/image\",\"async\":true," + PROMPT + "}");
        Reply shown = bearer.get("/api/v1/jobs/" + own.at("id"));
        assertThat(shown.at("status")).isEqualTo("nsfw");
        assertThat(shown.json().path("error").path("code").asString()).isEqualTo("content_rejected");
        assertThat(shown.text()).contains("beasts").doesNotContain(WORD);

        assertThat(bearer.get("/api/v1/wallet").text()).contains("\"5.00\"");
        assertThat(bearer.get("/metrics").text())
                .contains("millrace_moderation_rejected_total{code=\"beasts\",model=\"sandbox/image\"} 4")
                .doesNotContain(WORD);
        assertThat(new Canary(WORD).in(String.join("\n", gateway.jobs()))).isEmpty();
    }

    @Test
    void what_comes_in_through_apiframes_dialect_is_kept_ninety_days() {
        Caller apiframe = new Caller(gateway.url()).with("X-API-Key", key.full());
        apiframe.post("/v2/images/generate", "{\"model\":\"sandbox/image\"," + PROMPT + "}");
        long kept = gateway.database()
                .read(tx -> tx.count(
                        "select count(*) from jobs where dialect = 'apiframe' and retention_ms = ?"
                                + " and expires_at - finished_at = ?",
                        Duration.ofDays(90).toMillis(),
                        Duration.ofDays(90).toMillis() * 1_000));
        assertThat(kept).isEqualTo(1);
    }

    @Test
    void a_file_that_is_not_what_it_says_is_never_run_by_a_browser_and_no_input() {
        Caller caller = new Caller(gateway.url())
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret());
        Reply ticket = caller.post("/files/generate-upload-url", "{\"content_type\":\"image/png\"}");
        byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        Reply sent = caller.bare().with("Content-Type", "image/png").call("PUT", ticket.at("upload_url"), page);
        assertThat(sent.status()).isEqualTo(200);
        Reply shown = caller.bare().get(ticket.at("public_url"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(shown.header("content-disposition")).startsWith("attachment");
        assertThat(shown.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(shown.header("content-security-policy")).isEqualTo("sandbox; default-src 'none'");
        Reply submitted = caller.post(
                "/sandbox/video",
                "{\"prompt\":\"x\",\"duration\":1,\"image_url\":\"" + ticket.at("public_url") + "\"}");
        assertThat(submitted.status()).isEqualTo(200);
        Reply[] last = new Reply[1];
        Await.until("it failed", () -> {
            last[0] = caller.get(submitted.at("status_url"));
            return last[0].at("status").equals("failed");
        });
        assertThat(last[0].text()).contains("image_url", "must be a PNG");
    }

    @Test
    void another_organizations_link_is_no_input_though_it_can_be_read() {
        Caller caller = new Caller(gateway.url())
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret());
        NewKey stranger = gateway.customer("5");
        Caller other = new Caller(gateway.url())
                .with("Authorization", "Key " + stranger.id().text() + ":" + stranger.secret());
        Reply ticket = caller.post("/files/generate-upload-url", "{\"content_type\":\"image/png\"}");
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};
        caller.bare().with("Content-Type", "image/png").call("PUT", ticket.at("upload_url"), png);
        String body = "{\"prompt\":\"x\",\"duration\":1,\"image_url\":\"" + ticket.at("public_url") + "\"}";
        Reply refused = other.post("/sandbox/video", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("no file of yours");
        assertThat(other.bare().get(ticket.at("public_url")).status()).isEqualTo(200);
    }
}
