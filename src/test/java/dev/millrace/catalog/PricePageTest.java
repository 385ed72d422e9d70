package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PricePageTest {
    private static final Path PAGE = Path.of("docs/models.md");

    /** After a change of the catalogue: {@code ./millrace admin catalog prices > docs/models.md}. */
    @Test
    void the_price_list_of_the_documentation_is_that_of_the_catalogue() throws IOException {
        assertThat(PAGE).hasContent(PricePage.of(Catalog.bundled().all()));
    }

    @Test
    void every_model_has_its_line_and_every_price_its_words() {
        String page = PricePage.of(Catalog.bundled().all());
        assertThat(Catalog.bundled().all()).allSatisfy(model -> {
            assertThat(page).contains("| `" + model.id() + "` ");
            assertThat(PriceText.of(model.prices()))
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text).isNotBlank());
        });
    }

    @Test
    void a_price_says_what_it_is_for_and_when() {
        assertThat(text("kling-2.6")).isEqualTo("0.14 a second with `generate_audio` true; otherwise 0.07 a second");
        assertThat(text("suno")).isEqualTo("0.11 a request");
        assertThat(text("imagen-4")).isEqualTo("0.07 an image");
        assertThat(text("sandbox/text")).isEqualTo("0.15 a million input tokens + 0.6 a million output tokens");
        assertThat(text("flux-2-pro"))
                .isEqualTo(
                        "0.05 an image with `resolution` 0.5MP or 1MP; 0.07 an image with `resolution` 2MP; otherwise 0.12 an image");
        assertThat(text("elevenlabs-music"))
                .isEqualTo(
                        "0.1 a request with `music_length_ms` up to 30000; 0.2 a request with `music_length_ms` up to 120000; otherwise 0.3 a request");
    }

    private static String text(String model) {
        return String.join(
                " + ", PriceText.of(Catalog.bundled().find(model).orElseThrow().prices()));
    }
}
