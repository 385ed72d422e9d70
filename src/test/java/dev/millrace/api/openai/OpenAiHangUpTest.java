package dev.millrace.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A client that hangs up loses nothing: its job is done, charged once, and found in the list. */
class OpenAiHangUpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/images/generations | {"model":"sandbox/image","prompt":"a mill","size":"64x64","sandbox":{"latency_ms":700}}
                    /v1/images/generations | {"model":"sandbox/image","prompt":"a mill","size":"64x64","stream":true,"sandbox":{"latency_ms":700}}
                    /v1/audio/speech       | {"model":"tts-1","input":"Hello.","voice":"alloy","sandbox":{"latency_ms":700}}
                    """)
    void finds_its_job_in_the_list(String path, String body) throws IOException {
        try (Gateway gateway = Gateway.start()) {
            NewKey key = gateway.customer("1");
            Caller client = gateway.caller(key);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key.full()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                Await.until("the job is taken", () -> list(client).size() == 1);
            }
            Await.until(
                    "the job is done",
                    () -> list(client).path(0).path("status").asString("").equals("completed"));
            JsonNode job = list(client).path(0);
            assertThat(client.bare()
                            .get(job.path("output_urls").path(0).asString())
                            .status())
                    .isEqualTo(200);
            assertThat(list(client).size()).isEqualTo(1);
            gateway.check();
        }
    }

    @Test
    void a_job_that_outlasts_the_patience_of_its_answer_is_done_all_the_same() {
        try (Gateway gateway = Gateway.start(Map.of("openai.patience", "300ms"))) {
            Caller client = gateway.caller(gateway.customer("1"));
            var late = client.post(
                    "/v1/images/generations",
                    "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"sandbox\":{\"latency_ms\":900}}");
            assertThat(late.status()).isEqualTo(504);
            String job = late.json().path("error").path("job_id").asString("");
            Await.until(
                    "the job is done",
                    () -> client.get("/api/v1/jobs/" + job).at("status").equals("completed"));
            gateway.check();
        }
    }

    private static JsonNode list(Caller client) {
        return client.get("/api/v1/jobs").json().path("data");
    }
}
