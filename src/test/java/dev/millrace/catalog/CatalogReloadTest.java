package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReloadTest {
    private static final int BUNDLED = Catalog.bundled().all().size();

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> recorded = new ArrayList<>();

    @Test
    void a_file_in_the_directory_adds_a_model() throws IOException {
        write("mine.yaml", CatalogText.model("my/model", "0.01"));
        try (Catalog catalog = open(NEVER)) {
            assertThat(catalog.find("my/model")).isPresent();
            assertThat(catalog.find("sandbox/image")).isPresent();
            assertThat(metrics.get("millrace_catalog_models").gauge().value()).isEqualTo(BUNDLED + 1);
        }
    }

    @Test
    void a_model_of_the_directory_replaces_the_bundled_one() throws IOException {
        write("mine.yaml", CatalogText.model("sandbox/image", "0.99"));
        try (Catalog catalog = open(NEVER)) {
            assertThat(catalog.find("sandbox/image").orElseThrow().title()).isEqualTo("A Model");
            assertThat(catalog.all()).hasSize(BUNDLED);
        }
    }

    @Test
    void a_change_is_served_by_itself() throws IOException {
        write("mine.yaml", CatalogText.model("my/model", "0.01"));
        try (Catalog catalog = open(Duration.ofMillis(20))) {
            String before = version(catalog).orElseThrow();
            write("mine.yaml", CatalogText.model("my/model", "0.02"));
            Await.until("the new price is served", () -> !version(catalog).equals(Optional.of(before)));
            Files.delete(directory.resolve("mine.yaml"));
            Await.until("the model is gone", () -> version(catalog).isEmpty());
        }
    }

    @Test
    void a_bad_file_keeps_what_was_served_and_says_so() throws IOException {
        write("mine.yaml", CatalogText.model("my/model", "0.01"));
        try (Catalog catalog = open(NEVER)) {
            Optional<String> good = version(catalog);
            write("mine.yaml", CatalogText.model("my/model", "free"));
            catalog.refresh();
            assertThat(version(catalog)).isEqualTo(good);
            assertThat(catalog.health().current()).isFalse();
            assertThat(catalog.health().trouble()).startsWith("mine.yaml:24: my/model: prices.rules.0.usd: must match");
            assertThat(metrics.get("millrace_catalog_stale").gauge().value()).isEqualTo(1);
            write("mine.yaml", CatalogText.model("my/model", "0.01"));
            catalog.refresh();
            assertThat(catalog.health()).isEqualTo(new CatalogHealth(BUNDLED + 1, null));
            assertThat(metrics.get("millrace_catalog_stale").gauge().value()).isEqualTo(0);
        }
    }

    @Test
    void a_bad_file_at_the_start_stops_it() throws IOException {
        write("mine.yaml", "models: 5");
        assertThatThrownBy(() -> open(NEVER))
                .isInstanceOf(CatalogException.class)
                .hasMessage("mine.yaml:1: models: must be a list, not a number.");
        assertThatThrownBy(() ->
                        Catalog.open(new CatalogSettings(directory.resolve("absent"), NEVER), models -> {}, metrics))
                .hasMessageContaining("absent: can not be read");
    }

    @Test
    void prices_are_recorded_before_they_are_served() throws IOException {
        write("mine.yaml", CatalogText.model("my/model", "0.01"));
        try (Catalog catalog = open(NEVER)) {
            assertThat(recorded).containsExactly("0.01");
            write("mine.yaml", CatalogText.model("my/model", "0.02"));
            catalog.refresh();
            assertThat(recorded).containsExactly("0.01", "0.02");
            catalog.refresh();
            assertThat(recorded).as("nothing has changed").hasSize(2);
        }
    }

    @Test
    void prices_that_can_not_be_recorded_are_not_served() throws IOException {
        write("mine.yaml", CatalogText.model("my/model", "0.01"));
        boolean[] broken = {false};
        PriceRecorder recorder = models -> {
            if (broken[0]) {
                throw new IllegalStateException("the database is away");
            }
        };
        try (Catalog catalog = Catalog.open(new CatalogSettings(directory, NEVER), recorder, metrics)) {
            Optional<String> good = version(catalog);
            broken[0] = true;
            write("mine.yaml", CatalogText.model("my/model", "0.02"));
            catalog.refresh();
            assertThat(version(catalog)).isEqualTo(good);
            assertThat(catalog.health().trouble()).contains("could not be recorded");
            broken[0] = false;
            catalog.refresh();
            assertThat(version(catalog)).isNotEqualTo(good);
            assertThat(catalog.health().current()).isTrue();
        }
    }

    @Test
    void other_files_in_the_directory_are_left_alone() throws IOException {
        write(".mine.yaml.swp", "not yaml: [");
        write("readme.md", "not yaml: [");
        Files.createDirectory(directory.resolve("more.yaml"));
        try (Catalog catalog = open(NEVER)) {
            assertThat(catalog.all()).hasSize(BUNDLED);
        }
    }

    private Catalog open(Duration poll) {
        PriceRecorder recorder = models -> models.stream()
                .filter(model -> model.id().equals("my/model"))
                .forEach(model ->
                        recorded.add(model.prices().rules().getFirst().price().toUsd()));
        return Catalog.open(new CatalogSettings(directory, poll), recorder, metrics);
    }

    private static Optional<String> version(Catalog catalog) {
        return catalog.find("my/model").map(model -> model.prices().version());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }
}
