package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Canary;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.RunningServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole gateway as a process of its own, through its public HTTP API. */
class GatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> QUICK = Map.of(
            "MILLRACE_SANDBOX_IMAGE_LATENCY", "0ms",
            "MILLRACE_SANDBOX_TEXT_LATENCY", "0ms",
            "MILLRACE_SANDBOX_TEXT_PACE", "0ms");

    @TempDir
    Path folder;

    @Test
    void an_image_and_a_chat_are_made_and_paid_in_both_dialects() {
        try (RunningServer server = RunningServer.start(folder, QUICK)) {
            ObjectNode image = ok(server.post(
                    "/api/v1/generations",
                    "{\"model\": \"sandbox/image\", \"prompt\": \"a mill\", \"settings\": {\"size\": \"128x96\"}}"));
            assertThat(image.path("status").asString()).isEqualTo("completed");
            assertThat(image.path("charge_usd").asString()).isEqualTo("0.01");
            byte[] png = server.download(image.path("output_urls").path(0).asString());
            assertThat(png).startsWith(0x89, 'P', 'N', 'G');

            String key = server.key().replaceFirst("mr_", "").replace('_', ':');
            ObjectNode submitted = ok(server.send(server.request("/higgsfield-ai/soul/standard")
                    .setHeader("Authorization", "Key " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"a mill\"}"))
                    .build()));
            String status = submitted.path("status_url").asString();
            Await.until(
                    "the request is completed",
                    PATIENCE,
                    () -> ok(server.send(server.request(status)
                                    .setHeader("Authorization", "Key " + key)
                                    .build()))
                            .path("status")
                            .asString()
                            .equals("completed"));

            ObjectNode chat = ok(server.post(
                    "/api/v1/chat/completions",
                    "{\"model\": \"sandbox/text\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}"));
            assertThat(chat.path("choices")
                            .path(0)
                            .path("message")
                            .path("content")
                            .asString())
                    .isNotBlank();
            ObjectNode wallet = ok(server.get("/api/v1/wallet"));
            assertThat(wallet.path("held_usd").asString()).isEqualTo("0.00");
            assertThat(server.program().terminate().code()).isZero();
            assertThat(Program.run("doctor", "--at-rest", "--data", folder.toString()))
                    .satisfies(doctor -> assertThat(doctor.out()).doesNotContain("BROKEN"))
                    .satisfies(doctor -> assertThat(doctor.code()).isZero());
        }
    }

    @Test
    void an_accepted_job_survives_a_kill_and_a_clean_end() {
        try (RunningServer server = RunningServer.start(folder)) {
            String killed = submitVideo(server);
            server.kill();
            server.startAgain();
            String ended = submitVideo(server);
            assertThat(server.program().terminate().code()).isZero();
            server.startAgain();
            for (String id : new String[] {killed, ended}) {
                Await.until(
                        "the job is completed",
                        PATIENCE,
                        () -> job(server, id).path("status").asString().equals("completed"));
            }
            assertThat(server.program().terminate().code()).isZero();
            assertThat(Program.run("doctor", "--at-rest", "--data", folder.toString())
                            .code())
                    .isZero();
        }
    }

    @Test
    void a_prompt_stands_nowhere_once_its_work_is_done() throws IOException {
        Canary prompt = new Canary("the quartz heron sings at midnight");
        try (RunningServer server = RunningServer.start(folder, QUICK)) {
            ok(server.post(
                    "/api/v1/generations",
                    "{\"model\": \"sandbox/image\", \"prompt\": \"" + prompt.text()
                            + "\", \"settings\": {\"size\": \"64x64\"}}"));
            ok(server.post(
                    "/api/v1/chat/completions",
                    "{\"model\": \"sandbox/text\", \"messages\": [{\"role\": \"user\", \"content\": \"" + prompt.text()
                            + "\"}]}"));
            server.post("/api/v1/generations", "{\"model\": \"" + prompt.text() + "\", \"prompt\": 7}");
            server.post("/api/v1/generations", "{\"prompt\": \"" + prompt.text());
            assertThat(prompt.in(server.log())).isEmpty();
            assertThat(prompt.in(server.get("/metrics").body())).isEmpty();
            assertThat(prompt.below(folder)).isEmpty();
            server.program().terminate();
            assertThat(prompt.below(folder)).isEmpty();
        }
    }

    @Test
    void health_is_told_to_machines() {
        try (RunningServer server = RunningServer.start(folder)) {
            assertThat(server.get("/healthz").body()).isEqualTo("ok\n");
            assertThat(server.get("/readyz").body()).isEqualTo("ready\n");
            HttpResponse<String> metrics = server.get("/metrics");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(metrics.body()).contains("jvm_memory_used_bytes", "millrace_");
        }
    }

    @Test
    void the_demonstration_leaves_four_files_and_adds_up() throws IOException {
        Path out = folder.resolve("out");
        Program.Ended ended = Program.run("demo", "--out", out.toString());
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("adds up to the cent", "image.png", "video.mp4", "track.wav", "chat.txt");
        assertThat(Files.readAllBytes(out.resolve("image.png"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Files.readAllBytes(out.resolve("video.mp4"))).containsSequence('f', 't', 'y', 'p');
        assertThat(Files.readAllBytes(out.resolve("track.wav"))).startsWith('R', 'I', 'F', 'F');
        assertThat(Files.readString(out.resolve("chat.txt"))).isNotBlank();
    }

    private static String submitVideo(RunningServer server) {
        HttpResponse<String> accepted = server.post(
                "/api/v1/generations",
                "{\"model\": \"sandbox/video\", \"prompt\": \"a mill\", \"settings\": {\"duration\": 1}}");
        assertThat(accepted.statusCode()).isEqualTo(202);
        return Json.readOwnObject(accepted.body()).path("id").asString();
    }

    private static JsonNode job(RunningServer server, String id) {
        return ok(server.get("/api/v1/jobs/" + id));
    }

    private static ObjectNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.readOwnObject(response.body());
    }
}
