package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BundledModelsTest {
    private final Catalog catalog = Catalog.bundled();

    @Test
    void every_bundled_file_is_read_and_keeps_the_format() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/catalog"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(CatalogFiles.BUNDLED);
        }
        for (String name : CatalogFiles.BUNDLED) {
            assertThat(CatalogFile.strict(name, CatalogFiles.resource(name)).entries())
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void every_model_id_of_both_services_is_there() throws IOException {
        List<String> wanted = Files.readAllLines(Path.of("src/test/resources/catalog/model-ids.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(ids(catalog.all())).containsAll(wanted);
    }

    @Test
    void outputs_are_kept_as_long_as_each_service_keeps_them() {
        assertThat(catalog.all()).allSatisfy(model -> {
            boolean apiframe = !model.dialect("apiframe").isEmpty();
            assertThat(model.retention()).as(model.id()).isEqualTo(Duration.ofDays(apiframe ? 90 : 7));
            assertThat(model.deployments()).containsExactly(new Deployment("sandbox", model.id(), 1, 1));
            assertThat(model.status()).isEqualTo(ModelStatus.ENABLED);
        });
    }

    @Test
    void apiframe_is_told_which_route_and_block_a_model_has() {
        assertThat(catalog.find("flux-2-pro").orElseThrow().dialect("apiframe"))
                .containsEntry("operation", "images/generate")
                .containsEntry("params", "fluxParams")
                .containsEntry("label", "FLUX.2 Pro");
        assertThat(catalog.find("kling-video/v3.0/pro/text-to-video")
                        .orElseThrow()
                        .dialect("apiframe"))
                .isEmpty();
        assertThat(catalog.all())
                .filteredOn(model ->
                        model.dialect("apiframe").getOrDefault("operation", "").contains("/"))
                .allSatisfy(model -> assertThat(model.dialect("apiframe"))
                        .as(model.id())
                        .containsKey(
                                model.dialect("apiframe").get("operation").endsWith("/action") ? "action" : "params"));
    }

    @Test
    void what_is_asked_for_is_planned_and_priced() {
        assertThat(price("higgsfield-ai/soul/standard", "{'prompt':'x','num_images':4}"))
                .isEqualTo("0.376");
        assertThat(price("higgsfield-ai/dop/standard", "{'prompt':'x','image_url':'https://e.com/a.png'}"))
                .isEqualTo("0.563");
        assertThat(price("kling-video/v2.5-turbo/pro/text-to-video", "{'prompt':'x'}"))
                .isEqualTo("0.35");
        assertThat(price("kling-video/v2.5-turbo/pro/text-to-video", "{'prompt':'x','duration':10}"))
                .isEqualTo("0.70");
        assertThat(price("suno", "{'prompt':'x'}")).isEqualTo("0.11");
        assertThat(price("sandbox/image", "{'prompt':'x','n':3}")).isEqualTo("0.03");
        assertThat(price("sandbox/video", "{'prompt':'x','duration':7}")).isEqualTo("0.14");
        assertThat(price("sandbox/music", "{'prompt':'x','tracks':2}")).isEqualTo("0.10");
    }

    @Test
    void suno_makes_two_tracks_and_a_second_of_video_is_a_thousand_milliseconds() {
        assertThat(planned("suno", "{'prompt':'x'}")).isEqualTo(Units.of(Unit.TRACK, 2));
        assertThat(planned("sandbox/video", "{'prompt':'x'}")).isEqualTo(Units.of(Unit.VIDEO_SECOND, 5000));
    }

    @Test
    void tokens_are_charged_to_the_nano() {
        Model text = catalog.find("sandbox/text").orElseThrow();
        Units used = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 3);
        assertThat(text.prices().charge(Json.object(), used)).isEqualTo(Money.ofNanos(7 * 150 + 3 * 600));
        assertThat(text.text()).contains(new TextLimits(131_072, 8192, 1024));
    }

    @Test
    void a_song_in_custom_mode_may_have_long_lyrics_and_a_description_may_not() {
        Model suno = catalog.find("suno").orElseThrow();
        String long501 = "a".repeat(501);
        ObjectNode lyrics = Json.object().put("prompt", long501).put("custom_mode", true);
        assertThat(suno.checked(lyrics, UnknownFields.REJECT).path("prompt").asString())
                .hasSize(501);
        assertThat(SchemaErrors.of(suno, Json.object().put("prompt", long501)))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.path()).isEqualTo("prompt");
                    assertThat(error.rule()).isEqualTo("maxLength");
                    assertThat(error.expected()).isEqualTo("500");
                });
    }

    @Test
    void one_name_of_both_services_takes_the_parameters_of_either() {
        Model banana = catalog.find("nano-banana").orElseThrow();
        ObjectNode higgsfield = SchemaErrors.json("{'prompt':'x','num_images':2}");
        assertThat(banana.checked(higgsfield, UnknownFields.REJECT, "higgsfield")
                        .path("num_images")
                        .asInt())
                .isEqualTo(2);
        assertThat(banana.checked(higgsfield, UnknownFields.REJECT, "millrace")
                        .path("num_images")
                        .asInt())
                .isEqualTo(2);
        assertThat(banana.checked(higgsfield, UnknownFields.IGNORE, "apiframe")
                        .path("num_images")
                        .asInt())
                .isEqualTo(1);
        assertThatThrownBy(() -> banana.checked(higgsfield, UnknownFields.REJECT, "apiframe"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).contains("num_images"));
        assertThat(banana.inputSchema("apiframe").path("properties").propertyNames())
                .contains("image_input")
                .doesNotContain("num_images", "input_images");
    }

    @Test
    void models_are_searched_by_words_and_kind() {
        assertThat(catalog.search(Modality.VIDEO, null, 500))
                .hasSizeGreaterThan(100)
                .allSatisfy(model -> assertThat(model.modality()).isEqualTo(Modality.VIDEO));
        assertThat(ids(catalog.search(null, "KLING turbo pro", 50)))
                .contains("kling-video/v2.5-turbo/pro/text-to-video", "kling-2.5-turbo-pro")
                .doesNotContain("kling-2.6");
        assertThat(ids(catalog.search(null, "nothing like it", 50))).isEmpty();
        assertThat(ids(catalog.search(null, "  ", 2))).hasSize(2);
        assertThat(ids(catalog.search(null, null, -1))).isEmpty();
    }

    @Test
    void a_mistyped_id_suggests_what_was_meant() {
        assertThat(catalog.suggestions("sandbox/imge")).startsWith("sandbox/image");
        assertThat(catalog.suggestions("soul/standard")).startsWith("higgsfield-ai/soul/standard");
        assertThat(catalog.suggestions("Suno")).startsWith("suno");
        assertThat(catalog.suggestions("completely-different-thing")).isEmpty();
        assertThat(catalog.suggestions("s".repeat(5000))).isEmpty();
        assertThat(catalog.suggestions("sandbox/")).hasSize(3);
    }

    @Test
    void a_look_alike_id_is_another_id() {
        String cyrillic = "s\u0430ndbox/image";
        assertThat(catalog.find(cyrillic)).isEmpty();
        assertThat(catalog.find("SANDBOX/IMAGE")).isEmpty();
        assertThat(catalog.find("sandbox/image ")).isEmpty();
        assertThat(catalog.suggestions(cyrillic)).startsWith("sandbox/image");
    }

    private static List<String> ids(List<Model> models) {
        return models.stream().map(Model::id).toList();
    }

    private Units planned(String id, String parameters) {
        Model model = catalog.find(id).orElseThrow();
        return model.planned(model.checked(SchemaErrors.json(parameters), UnknownFields.REJECT));
    }

    private String price(String id, String parameters) {
        Model model = catalog.find(id).orElseThrow();
        ObjectNode checked = model.checked(SchemaErrors.json(parameters), UnknownFields.REJECT);
        Units planned = model.planned(checked);
        Money charge = model.prices().charge(checked, planned);
        assertThat(model.prices().worst(checked, planned)).isEqualTo(charge);
        return charge.toUsd();
    }
}
