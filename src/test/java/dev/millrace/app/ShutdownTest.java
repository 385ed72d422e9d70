package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.RunningServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end in good order: what was begun is finished, and a second signal does not wait for it. */
class ShutdownTest {
    private static final Map<String, String> SLOW = Map.of("MILLRACE_SANDBOX_TEXT_PACE", "20ms");

    @TempDir
    Path folder;

    @Test
    void a_stream_that_runs_is_finished_before_the_process_ends() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SLOW);
                HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletableFuture<String> last = stream(client, server, 60, first);
            first.get(20, TimeUnit.SECONDS);
            Program.Ended ended = server.program().terminate();
            assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo("data: [DONE]");
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).doesNotContain("\"ERROR\"");
        }
        assertThat(Program.run("doctor", "--at-rest", "--data", folder.toString())
                        .code())
                .isZero();
    }

    @Test
    void a_second_signal_ends_it_at_once() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SLOW);
                HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            stream(client, server, 2000, first);
            first.get(20, TimeUnit.SECONDS);
            server.program()
                    .signal("TERM"); // a shell that starts a build in the background has its children ignore INT
            Await.until("the door is closed", () -> refused(server));
            assertThat(server.program().running()).isTrue();
            server.program().signal("TERM");
            assertThat(server.program().await().code()).isEqualTo(130);
        }
    }

    /** Completes with the stream's last line; {@code first} completes with its first one. */
    private static CompletableFuture<String> stream(
            HttpClient client, RunningServer server, int tokens, CompletableFuture<String> first) {
        HttpRequest request = server.request("/api/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model": "sandbox/text", "stream": true, "max_tokens": 4000, "sandbox": {"tokens": %d},
                         "messages": [{"role": "user", "content": "hello"}]}""".formatted(tokens)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenApplyAsync(response -> last(response.body(), first));
    }

    private static String last(Stream<String> lines, CompletableFuture<String> first) {
        return lines.filter(line -> !line.isEmpty()).peek(first::complete).reduce("", (earlier, later) -> later);
    }

    private static boolean refused(RunningServer server) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    server.request("/readyz")
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 503;
        } catch (java.io.IOException closed) {
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
