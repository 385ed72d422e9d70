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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void three_nodes_that_start_at_once_on_an_empty_database_set_it_up_once() {
        LocalPostgres postgres = LocalPostgres.shared();
        Map<String, String> settings = Map.of(
                "MILLRACE_DATABASE_URL", postgres.url(postgres.createDatabase()),
                "MILLRACE_SECURITY_MASTER_KEY", "0123456789abcdef".repeat(4));
        List<Program> nodes = Stream.of("one", "two", "three")
                .map(name -> Program.start(
                        settings,
                        List.of(
                                "serve",
                                "--port",
                                "0",
                                "--data",
                                folder.resolve(name).toString())))
                .toList();
        Await.until(
                "all are ready",
                PATIENCE,
                () -> nodes.stream().allMatch(node -> node.out().contains("millrace ready on ") || !node.running()));
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.running()).as(node.err()).isTrue());
        assertThat(nodes.stream().filter(node -> node.out().contains("mr_"))).hasSize(1);
        assertThat(nodes).allSatisfy(node -> assertThat(node.terminate().code()).isZero());

        Program.Ended stranger = Program.run(
                Map.of(
                        "MILLRACE_DATABASE_URL",
                        settings.get("MILLRACE_DATABASE_URL"),
                        "MILLRACE_SECURITY_MASTER_KEY",
                        "fedcba9876543210".repeat(4)),
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("four").toString());
        assertThat(stranger.code()).isEqualTo(2);
        assertThat(stranger.err())
                .startsWith("millrace: the master key is not the one")
                .hasLineCount(1);
    }

    private static ObjectNode job(RunningServer keeper, RunningServer asked, String id) {
        HttpRequest request = HttpRequest.newBuilder(java.net.URI.create(asked.url() + "/api/v1/jobs/" + id))
                .header("Authorization", "Bearer " + keeper.key())
                .build();
        return Json.readOwnObject(asked.send(request).body());
    }
}
