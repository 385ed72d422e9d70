package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Language as a job, through the route that makes everything. */
class MillraceTextJobTest {
    private static final String GENERATE = "/api/v1/generations";
    private static final String ASK =
            "\"model\":\"sandbox/text\",\"async\":true,\"sandbox\":{\"latency_ms\":0,\"tokens\":12}";
    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        client = gateway.caller(gateway.customer("5"));
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    private static Reply ended(Reply accepted) {
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String job = accepted.header("Location");
        Await.until("the job has ended", () -> !client.get(job).at("status").matches("queued|running"));
        return client.get(job);
    }

    @Test
    void a_language_job_is_accepted_followed_fetched_and_charged_by_usage() {
        BigDecimal before = available();
        Reply job = ended(client.post(GENERATE, "{" + ASK + ",\"prompt\":\"Tell me of the sea.\"}"));
        assertThat(job.at("status")).isEqualTo("completed");
        assertThat(job.at("type")).isEqualTo("language");
        JsonNode output = job.json().path("outputs").path(0);
        assertThat(output.path("content_type").asString()).isEqualTo("text/plain; charset=utf-8");
        assertThat(output.path("usage").path("completion_tokens").asLong()).isEqualTo(12);
        Reply text = client.get(path(output.path("url").asString()));
        assertThat(text.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(text.text()).isNotBlank();
        Reply whole =
                client.get(path(job.json().path("outputs").path(1).path("url").asString()));
        assertThat(whole.at("output_text")).isEqualTo(text.text());
        assertThat(before.subtract(available())).isEqualByComparingTo(new BigDecimal(job.at("charge_usd")));
        assertThat(client.get("/api/v1/jobs?type=language&limit=1")
                        .json()
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(job.at("id"));
        assertThat(client.get("/api/v1/generation?id=" + job.at("id"))
                        .json()
                        .path("data")
                        .path("tokens_completion")
                        .asLong())
                .isEqualTo(12);
        assertThat(client.delete("/api/v1/jobs/" + job.at("id")).status()).isEqualTo(200);
        assertThat(client.get(path(output.path("url").asString())).status()).isEqualTo(410);
    }

    @Test
    void a_repeat_is_the_same_job_and_tools_are_called_in_one() {
        Caller once = client.with("Idempotency-Key", "text job");
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}],\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"The weather?\"}]";
        Reply first = once.post(GENERATE, "{" + ASK.replace(",\"tokens\":12", "") + tools + "}");
        Reply again = once.post(GENERATE, "{" + ASK.replace(",\"tokens\":12", "") + tools + "}");
        assertThat(again.at("id")).as(again.toString()).isEqualTo(first.at("id"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        Reply job = ended(first);
        assertThat(job.json().path("outputs").size()).isEqualTo(1);
        JsonNode output = job.json().path("outputs").path(0);
        assertThat(output.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(Json.readOwn(client.get(path(output.path("url").asString())).text())
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("name")
                        .asString())
                .isEqualTo("get_weather");
    }

    @Test
    void a_failing_upstream_is_asked_again_and_a_failed_job_costs_nothing() {
        BigDecimal before = available();
        String failing = "{" + ASK.replace("\"tokens\":12", "\"fail\":\"upstream_error\"") + ",\"prompt\":\"x\"}";
        assertThat(ended(client.post(GENERATE, failing)).at("status")).isEqualTo("failed");
        assertThat(available()).isEqualByComparingTo(before);
        String once = failing.replace("\"upstream_error\"", "\"upstream_error\",\"fail_times\":1");
        assertThat(ended(client.post(GENERATE, once)).at("status")).isEqualTo("completed");
        String cut = failing.replace("\"fail\":\"upstream_error\"", "\"cut_stream_at\":4,\"fail_times\":1");
        assertThat(ended(client.post(GENERATE, cut)).at("status")).isEqualTo("completed");
    }

    @Test
    void a_running_one_is_canceled_for_nothing() {
        BigDecimal before = available();
        Reply accepted = client.post(
                GENERATE, "{" + ASK.replace("\"tokens\":12", "\"never_finish\":true") + ",\"prompt\":\"x\"}");
        String job = accepted.header("Location");
        Await.until(
                "it has begun",
                () -> client.get(job).json().path("progress").asInt() > 0
                        || client.get(job).at("status").equals("running"));
        assertThat(client.post(job + "/cancel", "").at("status")).isEqualTo("canceled");
        assertThat(available()).isEqualByComparingTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"async\":true,\"stream\":true",
                "\"async\":true,\"models\":[\"sandbox/text\"]",
                "\"callback_url\":\"https://example.com/\"",
                "\"retention_seconds\":4000",
                "\"async\":true,\"retention_seconds\":4",
                "\"async\":\"yes\"",
                "\"async\":true,\"settings\":{\"stream\":true}",
                "\"async\":true,\"aspect_ratio\":\"1:1\""
            })
    void what_does_not_go_together_is_refused(String fields) {
        Reply reply = client.post(GENERATE, "{\"model\":\"sandbox/text\",\"prompt\":\"x\"," + fields + "}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/", 8));
    }

    private static BigDecimal available() {
        return new BigDecimal(client.get("/api/v1/wallet").at("available_usd"));
    }
}
