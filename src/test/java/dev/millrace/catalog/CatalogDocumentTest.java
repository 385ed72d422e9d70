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

    private static String example() throws IOException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf("```yaml\n") + "```yaml\n".length();
        return document.substring(start, document.indexOf("```", start));
    }
}
