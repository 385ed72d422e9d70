package dev.millrace.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What no door takes is refused here too, in this dialect's shape, and nothing is created. */
class OpenAiBadInputTest {
    private static final List<String> ROUTES = List.of(
            "/v1/images/generations", "/v1/images/edits", "/v1/audio/speech", "/v1/audio/transcriptions", "/v1/videos");
    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        client = gateway.caller(gateway.customer("1"));
    }

    @AfterAll
    static void end() {
        try {
            assertThat(gateway.jobs()).isEmpty();
            assertThat(gateway.openHolds()).isZero();
            gateway.check();
        } finally {
            gateway.close();
        }
    }

    static List<BadInputs.Body> bodies() {
        return BadInputs.bodies("\"prompt\":\"a\"");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_is_not_json_is_refused_on_every_route(BadInputs.Body body) {
        for (String path : ROUTES) {
            refused(client.post(path, body.bytes()), path);
        }
    }

    static Stream<Arguments> forms() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na\r\n";
        return Stream.of(
                Arguments.of("no end", "multipart/form-data; boundary=b", part),
                Arguments.of("no boundary", "multipart/form-data", part + "--b--\r\n"),
                Arguments.of("another boundary", "multipart/form-data; boundary=c", part + "--b--\r\n"),
                Arguments.of("nothing", "multipart/form-data; boundary=b", ""),
                Arguments.of("a name twice", "multipart/form-data; boundary=b", part + part + "--b--\r\n"),
                Arguments.of(
                        "a NUL",
                        "multipart/form-data; boundary=b",
                        part.replace("\r\n\r\na", "\r\n\r\na\0") + "--b--\r\n"),
                Arguments.of(
                        "no name",
                        "multipart/form-data; boundary=b",
                        part.replace("; name=\"prompt\"", "") + "--b--\r\n"),
                Arguments.of(
                        "a file for a prompt",
                        "multipart/form-data; boundary=b",
                        part.replace("\"prompt\"", "\"prompt\"; filename=\"p\"") + "--b--\r\n"),
                Arguments.of(
                        "instructions that are no JSON",
                        "multipart/form-data; boundary=b",
                        part + part.replace("prompt", "sandbox") + "--b--\r\n"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_form_that_is_not_one_is_refused_on_every_route(String name, String type, String body) {
        for (String path : ROUTES) {
            refused(
                    client.with("Content-Type", type).call("POST", path, body.getBytes(StandardCharsets.UTF_8)),
                    name + " on " + path);
        }
    }

    private static void refused(Reply reply, String what) {
        assertThat(reply.status()).as(what + ": " + reply).isIn(400, 404, 413, 415);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asString("")).isNotBlank();
    }
}
