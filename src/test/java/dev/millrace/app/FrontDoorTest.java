package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser, a crawler and a newcomer's curl get, who have no key. */
class FrontDoorTest {
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_catalogue_whose_newest_files_are_not_served_is_told_and_the_node_stays_ready(@TempDir Path catalog)
            throws IOException {
        try (Gateway other = Gateway.start(Map.of("catalog.directory", catalog.toString()))) {
            Caller anyone = new Caller(other.url());
            assertThat(anyone.get("/readyz").text()).isEqualTo("ready\n");
            Files.writeString(catalog.resolve("broken.yaml"), "models: 7\n");
            Await.until("it is told", () -> anyone.get("/readyz").text().equals("ready, with an older catalogue\n"));
            assertThat(anyone.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void the_address_itself_says_what_this_is_and_each_path_that_it_names_answers() {
        Caller anyone = new Caller(gateway.url());
        Reply root = anyone.get("/");
        assertThat(root.status()).isEqualTo(200);
        assertThat(root.at("service")).isEqualTo("millrace");
        for (String part : List.of("docs", "models", "health", "readiness", "metrics")) {
            assertThat(anyone.get(root.at(part)).status()).as(part).isEqualTo(200);
        }
        assertThat(anyone.get("/robots.txt").text()).contains("Disallow: /");
    }

    @Test
    void what_is_not_there_is_404_as_a_problem_and_nobody_is_asked_for_a_key() {
        Caller anyone = new Caller(gateway.url());
        for (String path : List.of("/nothing", "/index.html", "/a/b/c")) {
            Reply reply = anyone.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.at("code")).isEqualTo("not_found");
        }
    }

    @Test
    void whoever_shows_a_key_is_the_clients_whose_dialect_owns_every_other_path() {
        Caller wrong = new Caller(gateway.url()).with("Authorization", "Key a:b");
        assertThat(wrong.get("/a/b").status()).isEqualTo(401);
        assertThat(wrong.get("/a/b").at("detail")).isEqualTo("Invalid credentials");
        Caller anyone = new Caller(gateway.url());
        assertThat(anyone.post("/a/b", "{}").status()).as("what may be a model").isEqualTo(401);
    }
}
