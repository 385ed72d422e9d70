package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Two nodes on one PostgreSQL, with one master key and one folder of assets. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void a_job_that_one_node_took_is_finished_shown_and_handed_out_by_the_other() {
        LocalPostgres postgres = LocalPostgres.shared();
        String database = postgres.createDatabase();
        Map<String, String> settings = Map.of(
                "MILLRACE_DATABASE_URL", postgres.url(database),
                "MILLRACE_SECURITY_MASTER_KEY", "0123456789abcdef".repeat(4),
                "MILLRACE_ASSETS_FOLDER", folder.resolve("assets").toString());
        try (RunningServer one = RunningServer.start(folder.resolve("one"), settings);
                RunningServer two = RunningServer.start(folder.resolve("two"), settings)) {
            assertThat(two.key()).as("set up once").isEmpty();
            HttpResponse<String> accepted = one.post(
                    "/api/v1/generations",
                    "{\"model\": \"sandbox/video\", \"prompt\": \"a mill\", \"settings\": {\"duration\": 1}}");
            assertThat(accepted.statusCode()).isEqualTo(202);
            String id = Json.readOwnObject(accepted.body()).path("id").asString();
            one.kill();
            Await.until(
                    "the other node completes it",
                    PATIENCE,
                    () -> job(one, two, id).path("status").asString().equals("completed"));
            String link = job(one, two, id).path("output_urls").path(0).asString();
            assertThat(two.download(link)).containsSequence('f', 't', 'y', 'p');
            assertThat(two.program().terminate().code()).isZero();
        }
        assertThat(Program.run(
                                settings,
                                "doctor",
                                "--data",
                                folder.resolve("two").toString())
                        .code())
                .isZero();
    }

    private static ObjectNode job(RunningServer keeper, RunningServer asked, String id) {
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(asked.url() + "/api/v1/jobs/" + id))
                .header("Authorization", "Bearer " + keeper.key())
                .build();
        return Json.readOwnObject(asked.send(request).body());
    }
}
