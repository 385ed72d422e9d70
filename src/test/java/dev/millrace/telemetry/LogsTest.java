package dev.millrace.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.millrace.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.node.ObjectNode;

class LogsTest {
    private final Logger logger = new LoggerContext().getLogger("dev.millrace.jobs.Runner");

    @Test
    void a_line_is_one_json_object_with_the_request_in_hand() {
        String line = CurrentRequest.call("0199-request", () -> JsonLine.of(event("say \"hi\"\n\tto 🌊 \u0001", null)));
        assertThat(line).endsWith("}\n");
        assertThat(line.strip().lines()).hasSize(1);
        ObjectNode json = Json.readOwnObject(line);
        assertThat(json.get("level").asString()).isEqualTo("INFO");
        assertThat(json.get("logger").asString()).isEqualTo("dev.millrace.jobs.Runner");
        assertThat(json.get("request_id").asString()).isEqualTo("0199-request");
        assertThat(json.get("message").asString()).isEqualTo("say \"hi\"\n\tto 🌊 \u0001");
        assertThat(CurrentRequest.id()).isEmpty();
    }

    @Test
    void named_values_keep_their_types_and_errors_their_causes() {
        LoggingEvent event = event("done", new IllegalStateException("outer", new IllegalArgumentException("inner")));
        event.setKeyValuePairs(List.of(new KeyValuePair("count", 3), new KeyValuePair("token", "abcdef123456")));
        ObjectNode json = Json.readOwnObject(JsonLine.of(event));
        assertThat(json.get("count").asInt()).isEqualTo(3);
        assertThat(json.get("token").asString()).isEqualTo("***");
        assertThat(json.get("error").asString())
                .startsWith("java.lang.IllegalStateException: outer\n")
                .contains("caused by java.lang.IllegalArgumentException: inner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key mr_abcdefghijkl0123_s3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3t9 refused",
                "Authorization: Bearer s3cr3ts3cr3ts3cr3t",
                "Authorization: Key abc:s3cr3ts3cr3t",
                "{\"hf-secret\": \"s3cr3ts3cr3t\"}",
                "GET /x?signature=s3cr3t&y=1",
                "webhook-signature: v1,s3cr3ts3cr3t==",
                "x-api-key=s3cr3ts3cr3t",
                "password: s3cr3t"
            })
    void credentials_never_leave(String message) {
        assertThat(JsonLine.of(event(message, null))).doesNotContain("s3cr3t").contains("***");
        assertThat(TextLine.of(event(message, null))).doesNotContain("s3cr3t").contains("***");
        assertThat(JsonLine.of(event("failed", new IllegalStateException(message))))
                .doesNotContain("s3cr3t");
    }

    @Test
    void plain_text_is_left_alone() {
        String text = "job 0199 took 12 ms: max_tokens=5, model: sandbox/text";
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    private LoggingEvent event(String message, Throwable error) {
        return new LoggingEvent("test", logger, Level.INFO, message, error, null);
    }
}
