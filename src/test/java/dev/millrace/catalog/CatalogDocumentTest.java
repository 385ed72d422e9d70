package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/catalog.md");

    @Test
    void the_example_in_the_documentation_is_a_good_file() throws IOException {
        Model model = CatalogText.read(example());
        assertThat(model.id()).isEqualTo("acme/painter-2");
        assertThat(model.deployments()).containsExactly(new Deployment("acme", "painter-2-large", 1, 1));
        assertThat(model.prices()
                        .worst(Json.object(), model.planned(Json.object()))
                        .toUsd())
                .isEqualTo("0.08");
    }

    @Test
    void the_mistake_in_the_documentation_is_told_as_it_says() throws IOException {
        String bad = example()
                .replace(
                        "images: { type: integer, minimum: 1, maximum: 4",
                        "images: { type: integer, minimum: 1, maximun: 4");
        List<String> told = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("    acme.yaml:"))
                .map(String::strip)
                .toList();
        try {
            CatalogFile.strict("acme.yaml", CatalogText.bytes(bad));
        } catch (CatalogException e) {
            assertThat(e.complaints().stream().map(Complaint::toString)).containsAll(told);
            return;
        }
        throw new AssertionError("nobody complained");
    }

    @Test
    void the_family_in_the_documentation_is_a_good_file() throws IOException {
        List<CatalogFile.Entry> entries =
                CatalogFile.strict("film.yaml", CatalogText.bytes(example(1))).entries();
        assertThat(entries.stream().map(entry -> entry.model().id())).containsExactly("acme/film", "acme/film-still");
        Model film = entries.getFirst().model();
        assertThat(film.family()).isEqualTo("Acme Film");
        assertThat(film.inputSchema().path("required").toString()).isEqualTo("[\"prompt\"]");
        assertThat(film.input().names()).containsExactly("prompt", "duration", "sound");
        Model still = entries.getLast().model();
        assertThat(still.inputSchema().path("required").toString()).isEqualTo("[\"image_url\"]");
        assertThat(still.inputSchema().path("properties").path("duration").toString())
                .contains("[5]", "\"default\":5");
        assertThat(still.operations()).containsExactly("image2video");
    }

    private static String example() throws IOException {
        return example(0);
    }

    private static String example(int number) throws IOException {
        String[] blocks = Files.readString(DOCUMENT).split("```yaml\n");
        return blocks[number + 1].substring(0, blocks[number + 1].indexOf("```"));
    }
}
