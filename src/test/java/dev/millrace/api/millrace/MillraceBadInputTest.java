package dev.millrace.api.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.RawCall;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is told which field is wrong, in the shape of its route, and leaves nothing behind. */
class MillraceBadInputTest {
    private static final int SHORT = 4_000;
    private static final String CHAT = "/api/v1/chat/completions";
    private static final String GENERATE = "/api/v1/generations";
    private static final List<String> CREATES =
            List.of("/api/v1/quotes", GENERATE, "/api/v1/videos/generations", CHAT, "/api/v1/organizations");
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;
    private static Caller operator;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("10");
        client = gateway.caller(key);
        operator = gateway.caller(gateway.operator());
    }

    @AfterAll
    static void nothing_was_left_behind() {
        try (Gateway _ = gateway) {
            assertThat(gateway.jobs()).as("jobs").isEmpty();
            assertThat(gateway.openHolds()).as("open holds").isZero();
            assertThat(client.get("/api/v1/wallet").at("available_usd")).isEqualTo("10.00");
            assertThat(gateway.database().<Long>read(tx -> tx.count("select count(*) from organizations")))
                    .as("organizations")
                    .isEqualTo(2);
            gateway.check();
        }
    }

    static Stream<BadInputs.Body> bodies() {
        return BadInputs.bodies("\"model\":\"sandbox/image\"").stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_not_the_right_json(BadInputs.Body body) {
        for (String path : CREATES) {
            Reply reply = operator.post(path, body.bytes());
            refused(reply, path, 400, "");
            assertThat(code(reply, path)).isEqualTo("invalid_json");
        }
    }

    static Stream<BadInputs.Parameters> parameters() {
        return BadInputs.parameters().stream();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameters_that_the_model_refuses(BadInputs.Parameters wrong) {
        String whole = "{\"model\":\"" + wrong.model() + "\",\"settings\":" + wrong.json() + "}";
        refused(client.post(GENERATE, whole), GENERATE, 400, wrong.field());
        if (!wrong.field().equals("prompt")) {
            refused(client.post("/api/v1/quotes", whole), "/api/v1/quotes", 400, wrong.field());
        }
        if (wrong.model().contains("video")) {
            String flat = "{\"model\":\"" + wrong.model() + "\"," + wrong.json().substring(1);
            refused(client.post("/api/v1/videos/generations", flat), "", 400, wrong.field());
        }
    }

    @ParameterizedTest
    @MethodSource("unknownNames")
    void names_that_no_model_knows(BadInputs.Parameters wrong) {
        String whole = "{\"model\":\"" + wrong.model() + "\",\"settings\":" + wrong.json() + "}";
        refused(client.post(GENERATE, whole), GENERATE, 400, wrong.field());
    }

    static Stream<BadInputs.Parameters> unknownNames() {
        return BadInputs.unknownNames().stream();
    }

    @Test
    void names_that_no_route_knows() {
        String many = "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{" + names(200_000) + "}}";
        refused(client.post(GENERATE, many), GENERATE, 400, "x0");
        refused(client.post(GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"m\":4}"), GENERATE, 400, "m");
        refused(client.post("/api/v1/quotes", "{\"model\":\"sandbox/image\",\"m\":4}"), "", 400, "m");
        refused(
                client.post("/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"secs\":4}"),
                "",
                400,
                "secs");
        refused(operator.post("/api/v1/organizations", "{\"name\":\"a\",\"wallet\":\"5\"}"), "", 400, "wallet");
    }

    private static String names(int count) {
        StringBuilder names = new StringBuilder("\"x0\":1");
        for (int i = 1; i < count; i++) {
            names.append(",\"x").append(i).append("\":1");
        }
        return names.toString();
    }

    static Stream<BadInputs.Chat> chats() {
        return Stream.concat(
                BadInputs.chats().stream(),
                BadInputs.chatParameters().stream()
                        .map(wrong -> new BadInputs.Chat(
                                wrong.name(),
                                BadInputs.messages("\"user\"", "\"hi\"") + "," + wrong.members(),
                                wrong.field())));
    }

    @ParameterizedTest
    @MethodSource("chats")
    void chats_that_the_model_refuses(BadInputs.Chat wrong) {
        refused(client.post(CHAT, "{\"model\":\"sandbox/text\"," + wrong.members() + "}"), CHAT, 400, wrong.field());
        refused(
                client.post(CHAT, "{\"model\":\"sandbox/text\",\"stream\":true," + wrong.members() + "}"),
                CHAT,
                400,
                wrong.field());
    }

    static Stream<BadInputs.Chat> messages() {
        return BadInputs.chats().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messages_that_a_generation_refuses(BadInputs.Chat wrong) {
        String field = wrong.members().equals("\"messages\":null") ? "prompt" : wrong.field();
        refused(client.post(GENERATE, "{\"model\":\"sandbox/text\"," + wrong.members() + "}"), GENERATE, 400, field);
    }

    static Stream<BadInputs.Chat> chatParameters() {
        return BadInputs.chatParameters().stream();
    }

    @ParameterizedTest
    @MethodSource("chatParameters")
    void settings_that_a_generation_refuses(BadInputs.Chat wrong) {
        String json = "{\"model\":\"sandbox/text\",\"prompt\":\"hi\",\"settings\":{" + wrong.members() + "}}";
        refused(client.post(GENERATE, json), GENERATE, 400, wrong.field());
    }

    @Test
    void fields_of_a_chat_that_are_no_parameters() {
        String hi = BadInputs.messages("\"user\"", "\"hi\"");
        String[][] wrong = {
            {"\"n\":2", "n"},
            {"\"n\":0", "n"},
            {"\"n\":1e400", "n"},
            {"\"stream\":\"yes\"", "stream"},
            {"\"stream\":1", "stream"},
            {"\"stream_options\":5", "stream_options"},
            {"\"stream_options\":{\"include_usage\":\"x\"}", "include_usage"},
            {"\"max_completion_tokens\":0", "max_tokens"},
            {"\"prompt\":\"a\"", "prompt"},
        };
        for (String[] pair : wrong) {
            refused(client.post(CHAT, "{\"model\":\"sandbox/text\"," + hi + "," + pair[0] + "}"), CHAT, 400, pair[1]);
        }
        String[][] models = {
            {"{" + hi + "}", "model"},
            {"{\"model\":null," + hi + "}", "model"},
            {"{\"model\":5," + hi + "}", "model"},
            {"{\"model\":\"\"," + hi + "}", "model"},
            {"{\"model\":\"sandbox/image\"," + hi + "}", "model"},
            {"{\"model\":\"a\\u0000b\"," + hi + "}", "model"},
            {"{\"model\":\"\\ud800\"," + hi + "}", "model"},
        };
        for (String[] pair : models) {
            refused(client.post(CHAT, pair[0]), CHAT, 400, pair[1]);
        }
        refused(client.post(CHAT, "{\"model\":\"sandbox/te\u0445t\"," + hi + "}"), CHAT, 404, "model");
        refused(client.post(CHAT, "{\"model\":\"" + "m".repeat(100_000) + "\"," + hi + "}"), CHAT, 404, "model");
    }

    @Test
    void fields_of_a_generation() {
        String[][] wrong = {
            {"{}", "model"},
            {"{\"model\":\"sandbox/image\",\"prompt\":5}", "prompt"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"  \"}", "prompt"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"type\":\"video\"}", "model"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"type\":\"film\"}", "type"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"type\":5}", "type"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":5}", "settings"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":[]}", "settings"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"async\":\"yes\"}", "async"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"stream\":true}", "stream"},
            {"{\"model\":\"sandbox/image\",\"messages\":[]}", "messages"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"models\":[\"x\"]}", "models"},
            {"{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"quote_id\":5}", "quote_id"},
            {"{\"model\":\"sandbox/text\",\"prompt\":\"a\",\"models\":\"x\"}", "models"},
            {"{\"model\":\"sandbox/text\",\"prompt\":\"a\",\"models\":[5]}", "models"},
            {"{\"model\":\"sandbox/text\",\"prompt\":\"a\",\"models\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}", "models"},
            {"{\"model\":\"sandbox/text\",\"prompt\":\"a\",\"stream\":\"yes\"}", "stream"},
            {"{\"model\":\"sandbox/text\"}", "prompt"},
        };
        for (String[] pair : wrong) {
            refused(client.post(GENERATE, pair[0]), GENERATE, 400, pair[1]);
        }
        refused(client.post(GENERATE, "{\"model\":\"a\",\"prompt\":\"a\",\"quote_id\":\"x\"}"), GENERATE, 409, "");
        refused(client.post(GENERATE, "{\"model\":\"sandbox/im\u0430ge\",\"prompt\":\"a\"}"), GENERATE, 404, "model");
    }

    @Test
    void fields_of_a_quote_and_of_an_organization() {
        String[][] quotes = {
            {"{\"model\":\"sandbox/text\",\"inputTokens\":-1,\"outputTokens\":1}", "inputTokens"},
            {"{\"model\":\"sandbox/text\",\"inputTokens\":\"5\",\"outputTokens\":1}", "inputTokens"},
            {"{\"model\":\"sandbox/text\",\"inputTokens\":1e400,\"outputTokens\":1}", "inputTokens"},
            {"{\"model\":\"sandbox/text\",\"inputTokens\":9223372036854775807,\"outputTokens\":1}", "inputTokens"},
            {"{\"model\":\"sandbox/text\",\"inputTokens\":1,\"outputTokens\":9223372036854775807}", "outputTokens"},
            {"{\"model\":\"sandbox/text\",\"inputTokens\":1}", "outputTokens"},
            {"{\"model\":\"sandbox/text\",\"outputTokens\":1}", "inputTokens"},
            {"{\"model\":\"sandbox/text\",\"type\":\"image\"}", "model"},
            {"{\"model\":5}", "model"},
        };
        for (String[] pair : quotes) {
            refused(client.post("/api/v1/quotes", pair[0]), "", 400, pair[1]);
        }
        String[][] organizations = {
            {"{}", "name"},
            {"{\"name\":5}", "name"},
            {"{\"name\":\" \"}", "name"},
            {"{\"name\":\"" + "n".repeat(10_000) + "\"}", "name"},
            {"{\"name\":\"a\\u0000\"}", "name"},
            {"{\"name\":\"a\",\"wallet_usd\":5}", "wallet_usd"},
            {"{\"name\":\"a\",\"wallet_usd\":\"-1\"}", "wallet_usd"},
            {"{\"name\":\"a\",\"wallet_usd\":\"1e30\"}", "wallet_usd"},
            {"{\"name\":\"a\",\"wallet_usd\":\"0.0000000001\"}", "wallet_usd"},
            {"{\"name\":\"a\",\"wallet_usd\":\"99999999999\"}", "wallet_usd"},
            {"{\"name\":\"a\",\"wallet_usd\":\"5 EUR\"}", "wallet_usd"},
        };
        for (String[] pair : organizations) {
            refused(operator.post("/api/v1/organizations", pair[0]), "", 400, pair[1]);
        }
    }

    static Stream<String> urls() {
        return BadInputs.urls().stream();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void an_input_that_may_not_be_fetched(String url) {
        String text = "\"" + url.replace("\\", "\\\\").replace("\n", "\\n") + "\"";
        refused(
                client.post(
                        "/api/v1/videos/generations",
                        "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"image_url\":" + text + "}"),
                "",
                400,
                "image_url");
    }

    static Stream<String> ids() {
        return BadInputs.ids().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_id_of_nothing(String id) {
        for (Reply reply : List.of(
                client.get("/api/v1/jobs/" + id),
                client.get("/api/v1/videos/generations/" + id),
                client.get("/api/v1/jobs/" + id + "/events"),
                client.post("/api/v1/jobs/" + id + "/cancel", ""),
                client.delete("/api/v1/jobs/" + id))) {
            refused(reply, "", 404, "");
            assertThat(reply.at("detail")).isEqualTo("There is no such job.");
        }
    }

    @Test
    void pages_that_no_list_has() {
        for (String list : List.of("/api/v1/jobs", "/api/v1/wallet/transfers", "/api/v1/usage")) {
            for (String limit : BadInputs.limits()) {
                refused(client.get(list + "?limit=" + limit), "", 400, "limit");
            }
            for (String cursor : BadInputs.cursors()) {
                refused(client.get(list + "?cursor=" + cursor), "", 400, "cursor");
            }
            refused(client.get(list + "?cursor=%00"), "", 400, "");
        }
        for (String limit : BadInputs.limits()) {
            refused(client.bare().get("/api/v1/models?limit=" + limit), "", 400, "limit");
        }
        refused(client.get("/api/v1/jobs?status=done"), "", 400, "status");
        refused(client.get("/api/v1/jobs?type=film"), "", 400, "type");
        refused(client.get("/api/v1/models?type=film"), "", 400, "type");
        refused(client.get("/api/v1/usage?group_by=colour"), "", 400, "group_by");
        refused(client.get("/api/v1/usage?from=yesterday"), "", 400, "from");
        refused(client.get("/api/v1/usage?to=999999999-01-01"), "", 400, "to");
        refused(client.get("/api/v1/usage?from=2026-02-02&to=2026-01-01"), "", 400, "from");
    }

    static Stream<String> idempotencyKeys() {
        return BadInputs.idempotencyKeys().stream();
    }

    @ParameterizedTest
    @MethodSource("idempotencyKeys")
    void an_idempotency_key_that_is_none(String value) {
        String[][] creates = {
            {GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}"},
            {GENERATE, "{\"model\":\"sandbox/text\",\"prompt\":\"a\"}"},
            {"/api/v1/videos/generations", "{\"model\":\"sandbox/video\",\"prompt\":\"a\"}"},
            {CHAT, "{\"model\":\"sandbox/text\"," + BadInputs.messages("\"user\"", "\"a\"") + "}"},
            {"/api/v1/organizations", "{\"name\":\"a\"}"},
        };
        for (String[] create : creates) {
            refused(postWith(create[0], create[1], "Idempotency-Key: " + value), create[0], 400, "Idempotency-Key");
        }
    }

    static Stream<String> brokenHeaderValues() {
        return BadInputs.brokenHeaderValues().stream();
    }

    @ParameterizedTest
    @MethodSource("brokenHeaderValues")
    void a_header_that_is_no_header(String value) {
        refused(
                postWith(GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\"}", "Idempotency-Key: " + value),
                "",
                400,
                "");
    }

    private static Reply postWith(String path, String json, String headerLine) {
        return RawCall.send(
                gateway.port(),
                json.getBytes(UTF_8),
                "POST " + path + " HTTP/1.1",
                "Authorization: Bearer " + gateway.operator().full(),
                "Content-Type: application/json",
                headerLine);
    }

    private static String code(Reply reply, String path) {
        return path.equals(CHAT) ? reply.json().path("error").path("code").asString("") : reply.at("code");
    }

    /** @param field what the refusal must name; empty for none */
    private static void refused(Reply reply, String path, int status, String field) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.bytes().length).as(reply.toString()).isLessThan(SHORT);
        if (path.equals(CHAT)) {
            assertThat(reply.json().path("error").path("message").asString("")).isNotBlank();
            if (!field.isEmpty()) {
                assertThat(reply.json().path("error").path("param").asString(""))
                        .as(reply.toString())
                        .contains(field);
            }
            return;
        }
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("status").asInt(0)).isEqualTo(status);
        assertThat(reply.at("request_id")).isEqualTo(reply.header("X-Request-Id"));
        if (!field.isEmpty()) {
            assertThat(reply.json().path("errors").path(0).path("field").asString(""))
                    .as(reply.toString())
                    .contains(field);
        }
    }
}
