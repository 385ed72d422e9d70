package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Language, at once and streamed, in OpenAI's shape and in Millrace's own. */
class MillraceChatTest {
    private static final String CHAT = "/api/v1/chat/completions";
    private static final String GENERATE = "/api/v1/generations";
    private static final String HELLO =
            "\"model\":\"sandbox/text\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of the sea.\"}]";
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("5");
        client = gateway.caller(key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void an_answer_at_once_states_its_usage_and_cost() {
        String before = available();
        Reply reply = client.post(CHAT, "{" + HELLO + ",\"max_tokens\":40,\"seed\":3}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        JsonNode body = reply.json();
        assertThat(body.path("object").asString("")).isEqualTo("chat.completion");
        assertThat(body.path("id").asString("")).startsWith("chatcmpl-");
        assertThat(body.path("model").asString("")).isEqualTo("sandbox/text");
        JsonNode choice = body.path("choices").path(0);
        assertThat(choice.path("message").path("role").asString("")).isEqualTo("assistant");
        assertThat(choice.path("message").path("content").asString("")).isNotBlank();
        assertThat(choice.path("finish_reason").asString("")).isIn("stop", "length");
        JsonNode usage = body.path("usage");
        assertThat(usage.path("total_tokens").asLong(0))
                .isEqualTo(usage.path("prompt_tokens").asLong(0)
                        + usage.path("completion_tokens").asLong(0));
        assertThat(usage.path("completion_tokens").asLong(0)).isBetween(1L, 40L);
        assertThat(new BigDecimal(before).subtract(new BigDecimal(available())))
                .isEqualByComparingTo(usage.path("cost").decimalValue());
    }

    @Test
    void a_stream_is_the_same_answer_in_pieces_and_ends_with_its_usage_when_asked() {
        String ask = HELLO + ",\"max_tokens\":60,\"seed\":3";
        String whole = client.post(CHAT, "{" + ask + "}")
                .json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
        Reply plain = client.post(CHAT, "{" + ask + ",\"stream\":true}");
        assertThat(plain.header("Content-Type")).isEqualTo("text/event-stream");
        List<String> data = data(plain);
        assertThat(data.getLast()).isEqualTo("[DONE]");
        StringBuilder text = new StringBuilder();
        for (String one : data.subList(0, data.size() - 1)) {
            JsonNode chunk = Json.readOwn(one);
            assertThat(chunk.path("object").asString("")).isEqualTo("chat.completion.chunk");
            assertThat(chunk.has("usage")).isFalse();
            text.append(
                    chunk.path("choices").path(0).path("delta").path("content").asString(""));
        }
        assertThat(text.toString()).isEqualTo(whole);
        assertThat(Json.readOwn(data.getFirst())
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("role")
                        .asString(""))
                .isEqualTo("assistant");
        assertThat(Json.readOwn(data.get(data.size() - 2))
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString(""))
                .isIn("stop", "length");
        List<String> counted =
                data(client.post(CHAT, "{" + ask + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
        JsonNode totals = Json.readOwn(counted.get(counted.size() - 2));
        assertThat(totals.path("choices").size()).isZero();
        assertThat(totals.path("usage").path("completion_tokens").asLong(0)).isPositive();
        assertThat(counted.getLast()).isEqualTo("[DONE]");
    }

    @Test
    void a_stream_that_breaks_says_so_and_is_charged_for_what_was_sent() {
        Reply reply =
                client.post(CHAT, "{" + HELLO + ",\"stream\":true,\"sandbox\":{\"tokens\":50,\"cut_stream_at\":3}}");
        assertThat(reply.status()).isEqualTo(200);
        List<String> data = data(reply);
        assertThat(data.getLast()).isEqualTo("[DONE]");
        JsonNode error = Json.readOwn(data.get(data.size() - 2)).path("error");
        assertThat(error.path("message").asString("")).isNotBlank();
        assertThat(error.path("type").asString("")).isEqualTo("server_error");
        assertThat(reply.text()).doesNotContain("\"finish_reason\":\"stop\"");
        JsonNode row = client.get("/api/v1/usage?limit=1").json().path("data").path(0);
        assertThat(row.path("units_source").asString("")).isEqualTo("estimate");
        Reply whole = client.post(CHAT, "{" + HELLO + ",\"sandbox\":{\"tokens\":50,\"cut_stream_at\":3}}");
        assertThat(whole.status()).as("half an answer is none").isEqualTo(502);
    }

    @Test
    void an_upstream_that_fails_at_once_costs_nothing() {
        String before = available();
        Reply whole = client.post(CHAT, "{" + HELLO + ",\"sandbox\":{\"fail\":\"upstream_error\"}}");
        assertThat(whole.status()).isEqualTo(502);
        assertThat(whole.json().path("error").path("code").asString("")).isEqualTo("upstream_error");
        List<String> streamed =
                data(client.post(CHAT, "{" + HELLO + ",\"stream\":true,\"sandbox\":{\"fail\":\"no_capacity\"}}"));
        assertThat(Json.readOwn(streamed.getFirst()).path("error").path("code").asString(""))
                .isEqualTo("no_capacity");
        assertThat(streamed.getLast()).isEqualTo("[DONE]");
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void an_answer_that_is_moderated_ends_with_content_filter() {
        Reply reply = client.post(CHAT, "{" + HELLO + ",\"sandbox\":{\"nsfw\":true,\"tokens\":20}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("choices").path(0).path("finish_reason").asString(""))
                .isEqualTo("content_filter");
    }

    @Test
    void a_chat_takes_what_openai_clients_send() {
        Reply reply = client.post(CHAT, """
                {"model":"sandbox/text","max_completion_tokens":20,"temperature":0.5,"top_p":null,"n":1,"user":"u1",
                 "metadata":{"a":"b"},"store":false,"stream":false,
                 "messages":[{"role":"developer","content":"Be brief."},{"role":"system","content":"Be kind."},
                  {"role":"assistant","content":"Yes."},
                  {"role":"user","content":[{"type":"text","text":"And "},{"type":"text","text":"now?"}]}]}
                """);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().path("usage").path("completion_tokens").asLong(0))
                .isBetween(1L, 20L);
    }

    @Test
    void a_chat_under_an_idempotency_key_runs_once() {
        Caller once = client.with("Idempotency-Key", "a chat");
        Reply first = once.post(CHAT, "{" + HELLO + "}");
        assertThat(first.status()).isEqualTo(200);
        String before = available();
        Reply again = once.post(CHAT, "{" + HELLO + "}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("error").path("code").asString("")).isEqualTo("already_answered");
        assertThat(again.header("x-should-retry")).isEqualTo("false");
        assertThat(once.post(CHAT, "{" + HELLO + ",\"seed\":9}").status()).isEqualTo(422);
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void a_generation_answers_at_once_and_streams() {
        String ask = "\"model\":\"sandbox/text\",\"type\":\"language\",\"prompt\":\"Tell me of the sea.\"";
        Reply whole = client.post(GENERATE, "{" + ask + ",\"settings\":{\"max_tokens\":30}}");
        assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
        assertThat(whole.at("object")).isEqualTo("generation");
        assertThat(whole.at("output_text"))
                .isEqualTo(whole.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString(""))
                .isNotBlank();
        assertThat(new BigDecimal(whole.at("charge_usd")))
                .isEqualByComparingTo(whole.json().path("usage").path("cost").decimalValue());
        for (String stream : List.of(
                "{" + ask + ",\"stream\":true,\"settings\":{\"max_tokens\":30}}",
                "{" + ask + ",\"settings\":{\"max_tokens\":30,\"stream\":true}}")) {
            List<String> data = data(client.post(GENERATE, stream));
            assertThat(data.getLast()).isEqualTo("[DONE]");
            assertThat(Json.readOwn(data.get(data.size() - 2))
                            .path("usage")
                            .path("total_tokens")
                            .asLong(0))
                    .isPositive();
        }
    }

    @Test
    void a_chain_of_models_is_tried_in_turn() {
        Reply reply = client.post(
                GENERATE,
                "{\"model\":\"no/such/model\",\"models\":[\"sandbox/text\"],\"type\":\"language\",\"prompt\":\"hi\"}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.at("model")).isEqualTo("sandbox/text");
        Reply none = client.post(
                GENERATE,
                "{\"model\":\"no/such/model\",\"models\":[\"no/such/either\"],\"type\":\"language\",\"prompt\":\"hi\"}");
        assertThat(none.status()).isEqualTo(404);
    }

    @Test
    void a_language_request_can_redeem_a_quote() {
        Reply quote =
                client.post("/api/v1/quotes", "{\"model\":\"sandbox/text\",\"inputTokens\":200,\"outputTokens\":30}");
        String ask = "{\"model\":\"sandbox/text\",\"prompt\":\"hi\",\"settings\":{\"max_tokens\":30},\"quote_id\":\""
                + quote.at("id") + "\"}";
        assertThat(client.post(GENERATE, ask.replace("30}", "8000}")).at("code"))
                .isEqualTo("quote_not_usable");
        Reply used = client.post(GENERATE, ask);
        assertThat(used.status()).as(used.toString()).isEqualTo(200);
        assertThat(new BigDecimal(used.at("charge_usd")))
                .isLessThanOrEqualTo(new BigDecimal(quote.at("max_charge_usd")));
        assertThat(client.post(GENERATE, ask).status()).isEqualTo(409);
    }

    private static List<String> data(Reply events) {
        return events.text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private static String available() {
        return client.get("/api/v1/wallet").at("available_usd");
    }
}
