package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A chain of language models: the first that gives anything answers, is named, and is paid; the others cost nothing. */
class MillraceChainTest {
    /** Longer than the hasty model waits, shorter than the other. */
    private static final String LATE = "\"sandbox\":{\"latency_ms\":1500}";

    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start(@TempDir Path catalog) throws IOException {
        Files.writeString(catalog.resolve("hasty.yaml"), """
                models:
                  - id: test/hasty
                    title: Hasty
                    description: Has no time for anything.
                    owned_by: test
                    modality: language
                    operations: [chat]
                    input: { type: object, properties: { max_tokens: { type: integer, maximum: 100, default: 10 } } }
                    limits: { context_tokens: 1000 }
                    prices: { source: Test, date: 2026-11-01, rules: [ { unit: output_token, usd: "0.01" } ] }
                    timeout: 1s
                    retention: 7d
                """);
        gateway = Gateway.start(Map.of("catalog.directory", catalog.toString()));
        client = gateway.caller(gateway.customer("5"));
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void an_upstream_that_gives_nothing_is_followed_by_the_next_model_which_alone_is_paid() {
        for (String path : List.of("/api/v1/generations", "/api/v1/chat/completions")) {
            BigDecimal before = available();
            Reply reply = client.post(path, chain(path, ""));
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.at("model")).isEqualTo("sandbox/text");
            BigDecimal cost = reply.json().path("usage").path("cost").decimalValue();
            assertThat(before.subtract(available())).isEqualByComparingTo(cost);
            assertThat(client.get("/api/v1/generation?id=" + reply.at("id"))
                            .json()
                            .path("data")
                            .path("model")
                            .asString())
                    .isEqualTo("sandbox/text");
        }
    }

    @Test
    void a_stream_falls_back_before_its_first_piece() {
        for (String path : List.of("/api/v1/generations", "/api/v1/chat/completions")) {
            BigDecimal before = available();
            Reply reply = client.post(
                    path,
                    chain(
                            path,
                            "\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                    .replaceAll(
                                            path.endsWith("generations") ? "\"stream_options\":\\{[^}]*}," : "$^",
                                            "")));
            List<JsonNode> chunks = reply.text()
                    .lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> dev.millrace.json.Json.readOwn(line.substring(6)))
                    .toList();
            assertThat(reply.text()).endsWith("data: [DONE]\n\n").doesNotContain("\"error\"");
            assertThat(chunks).allMatch(chunk -> chunk.path("model").asString().equals("sandbox/text"));
            BigDecimal cost = chunks.getLast().path("usage").path("cost").decimalValue();
            assertThat(before.subtract(available())).isEqualByComparingTo(cost);
        }
    }

    @Test
    void a_chain_that_ends_in_nothing_says_why_the_last_model_gave_nothing_and_costs_nothing() {
        BigDecimal before = available();
        String json = "{\"model\":\"test/hasty\",\"models\":[\"no/such\"],\"prompt\":\"hi\"," + LATE + "}";
        Reply whole = client.post("/api/v1/generations", json);
        assertThat(whole.status()).as(whole.toString()).isEqualTo(404);
        assertThat(whole.at("code")).isEqualTo("model_not_found");
        Reply streamed = client.post("/api/v1/generations", json.replace("\"prompt\"", "\"stream\":true,\"prompt\""));
        assertThat(streamed.text()).contains("\"code\":\"model_not_found\"").endsWith("data: [DONE]\n\n");
        assertThat(available()).isEqualByComparingTo(before);
    }

    @Test
    void a_chain_under_one_idempotency_key_is_answered_once() {
        Caller once = client.with("Idempotency-Key", "chained");
        String path = "/api/v1/generations";
        assertThat(once.post(path, chain(path, "")).status()).isEqualTo(200);
        Reply again = once.post(path, chain(path, ""));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("code")).isEqualTo("already_answered");
    }

    @Test
    void a_key_is_taken_as_long_as_one_model_after_the_other_is_tried() {
        Caller once = client.with("Idempotency-Key", "contended");
        String path = "/api/v1/generations";
        // The first model takes a second to give nothing, the second one takes a while too.
        CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> once.post(path, chain(path, "")));
        Await.until("the first has its hold", () -> gateway.openHolds() > 0);
        Set<String> heard = new TreeSet<>();
        Await.until("the first is answered", () -> {
            Reply other = once.post(path, chain(path, ""));
            heard.add(other.at("code"));
            return first.isDone();
        });
        assertThat(first.join().status()).as(first.join().toString()).isEqualTo(200);
        assertThat(heard).contains("idempotency_in_use").isSubsetOf("idempotency_in_use", "already_answered");
    }

    @Test
    void a_key_is_free_again_once_the_last_model_gave_nothing() {
        Caller again = client.with("Idempotency-Key", "in vain");
        String json = "{\"model\":\"test/hasty\",\"models\":[\"no/such\"],\"prompt\":\"hi\"," + LATE + "}";
        for (int i = 0; i < 2; i++) {
            assertThat(again.post("/api/v1/generations", json).at("code")).isEqualTo("model_not_found");
            Reply streamed =
                    again.post("/api/v1/generations", json.replace("\"prompt\"", "\"stream\":true,\"prompt\""));
            assertThat(streamed.text()).contains("\"code\":\"model_not_found\"");
        }
        assertThat(gateway.openHolds()).isZero();
    }

    @Test
    void a_quote_is_for_one_model_and_not_for_a_chain() {
        Reply quote =
                client.post("/api/v1/quotes", "{\"model\":\"sandbox/text\",\"inputTokens\":100,\"outputTokens\":10}");
        Reply refused = client.post(
                "/api/v1/generations",
                "{\"model\":\"sandbox/text\",\"models\":[\"test/hasty\"],\"prompt\":\"hi\",\"quote_id\":\""
                        + quote.at("id") + "\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").path(0).path("field").asString())
                .isEqualTo("models");
    }

    private static String chain(String path, String more) {
        String said = path.endsWith("generations")
                ? "\"prompt\":\"hi\""
                : "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return "{\"model\":\"test/hasty\",\"models\":[\"sandbox/text\"],\"max_tokens\":20," + more + said + "," + LATE
                + "}";
    }

    private static BigDecimal available() {
        return new BigDecimal(client.get("/api/v1/wallet").at("available_usd"));
    }
}
