package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @Test
    void of_60_requests_to_three_nodes_exactly_as_many_are_taken_as_the_cap_of_the_key_covers() throws Exception {
        LocalPostgres postgres = LocalPostgres.shared();
        Map<String, String> settings = Map.of(
                "MILLRACE_DATABASE_URL", postgres.url(postgres.createDatabase()),
                "MILLRACE_SECURITY_MASTER_KEY", "0123456789abcdef".repeat(4));
        String endless = "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"settings\":{\"duration\":1},"
                + "\"sandbox\":{\"never_finish\":true}}";
        try (RunningServer one = RunningServer.start(folder.resolve("one"), settings);
                RunningServer two = RunningServer.start(folder.resolve("two"), settings);
                RunningServer three = RunningServer.start(folder.resolve("three"), settings)) {
            String key = one.key();
            ObjectNode quote = Json.readOwnObject(
                    sent(one, key, "POST", "/api/v1/quotes", endless).body());
            Money limit = Money.usd(quote.path("max_charge_usd").asString()).times(7);
            String cap = "/api/v1/caps/key:" + key.split("_", -1)[1] + "/day";
            assertThat(sent(three, key, "PUT", cap, "{\"limit_usd\":\"" + limit.toUsd() + "\"}")
                            .statusCode())
                    .isEqualTo(200);
            List<RunningServer> nodes = List.of(one, two, three);
            List<Future<Integer>> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 60; i++) {
                    RunningServer node = nodes.get(i % 3);
                    answers.add(threads.submit(() -> sent(node, key, "POST", "/api/v1/generations", endless)
                            .statusCode()));
                }
            }
            Map<Integer, Integer> counts = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                counts.merge(answer.get(), 1, Integer::sum);
            }
            assertThat(counts).isEqualTo(Map.of(202, 7, 403, 53));
        }
    }

    private static HttpResponse<String> sent(RunningServer node, String key, String method, String path, String body) {
        return node.send(HttpRequest.newBuilder(URI.create(node.url() + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private static ObjectNode job(RunningServer keeper, RunningServer asked, String id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(asked.url() + "/api/v1/jobs/" + id))
                .header("Authorization", "Bearer " + keeper.key())
                .build();
        return Json.readOwnObject(asked.send(request).body());
    }
}
