package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {
    private static final String GOOD = CatalogText.model("a/model", "0.01");

    @Test
    void a_model_is_a_few_lines() {
        Model model = CatalogText.read(GOOD);
        assertThat(model.id()).isEqualTo("a/model");
        assertThat(model.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(model.deployments()).containsExactly(new Deployment("sandbox", "a/model", 1, 1));
        assertThat(model.inputSchema()
                        .path("properties")
                        .path("audio")
                        .path("enum")
                        .path(1)
                        .asString())
                .as("off is a text, as YAML 1.2 says")
                .isEqualTo("off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: A Model           | titel: A Model               | test.yaml:3: a/model: titel: is not known here; did you mean "title"?
            title: A Model           | caption: 5                   | test.yaml:2: a/model: title: is required.
            modality: image          | modality: picture            | test.yaml:6: a/model: modality: must be one of "language", "image", "video", "music", "speech", "transcription".
            id: a/model              | id: A/Model                  | test.yaml:2: A/Model: id: must match the pattern
            maximum: 4               | maximun: 4                   | test.yaml:13: a/model: input.properties.n.maximun: is not known here; did you mean "maximum"?
            type: integer, minimum: 1, maximum: 4, default | type: integr, default | test.yaml:13: a/model: input.properties.n.type: must be one of
            usd: "0.01"              | usd: 0.01                    | test.yaml:24: a/model: prices.rules.0.usd: must be a text, not a fraction.
            usd: "0.01"              | usd: "-1"                    | test.yaml:24: a/model: prices.rules.0.usd: must match the pattern
            usd: "0.01"              | usd: "0.0000000001"          | test.yaml:24: a/model: prices.rules.0.usd: must match the pattern
            usd: "0.01"              | usd: "1", usd_per_million: "1" | test.yaml:24: a/model: prices.rules.0: must have one of "usd" and "usd_per_million".
            usd: "0.01"              | usd: "1", when: {qualty: low} | test.yaml:24: a/model: prices.rules.0.when.qualty: is no parameter of this model.
            usd: "0.01"              | usd: "1", when: {quality: low} | test.yaml:23: a/model: prices.rules: the last rule of image must have no "when"
            usd: "0.01"              | usd: "1", when: {n: {}}      | test.yaml:24: a/model: prices.rules.0.when.n: must be a value, a list of values
            unit: image              | unit: picture                | test.yaml:24: a/model: prices.rules.0.unit: must be one of
            unit: image              | unit: input_token            | test.yaml:23: a/model: prices.rules: image models are not priced by the token.
            parameter: n             | parameter: m                 | test.yaml:19: a/model: units.image.parameter: "m" is no parameter of this model.
            parameter: n             | parameter: width             | test.yaml:19: a/model: units.image: say with "absent" what counts
            parameter: n             | parameter: prompt            | test.yaml:19: a/model: units.image.parameter: "prompt" is counted, so its schema needs a minimum
            parameter: n             | constant: -1                 | test.yaml:19: a/model: units.image.constant: must be at least 0.
            parameter: n             | in: milliseconds             | test.yaml:19: a/model: units.image: must have one of "parameter", "constant" and "length".
            date: 2026-11-01         | date: yesterday              | test.yaml:22: a/model: prices.date: must be a date, as 2026-10-31.
            timeout: 90s             | timeout: soon                | test.yaml:25: a/model: timeout: must match the pattern
            retention: 7d            | retention: 7                 | test.yaml:26: a/model: retention: must be a text, not a number.
            retention: 7d            | deployments: []              | test.yaml:2: a/model: retention: is required.
            models:                  | model:                       | test.yaml:1: models: is required.
            models:                  | - models:                    | test.yaml:1: must be an object, not a list.
            title: A Model           | title: *other                | test.yaml:3: aliases (*name) are not read; write the value again.
            minLength: 1             | minLength: .inf              | test.yaml:12: infinity and not-a-number are no JSON.
            title: A Model           | description: Draws.          | test.yaml:4: "description" stands twice in one block.
            title: A Model           | title: "A Model              | test.yaml
            retention: 7d            | --- more                     | test.yaml
            """)
    void a_mistake_is_told_with_its_line_model_field_and_remedy(String good, String bad, String complaint) {
        assertThat(GOOD).contains(good);
        List<Complaint> complaints = complaints(GOOD.replace(good, bad));
        assertThat(complaints.stream().map(Complaint::toString))
                .as("complaints about %s", bad)
                .anySatisfy(text -> assertThat(text).startsWith(complaint));
    }

    @Test
    void all_mistakes_of_a_file_are_told_at_once() {
        String bad = GOOD.replace("modality: image", "modality: picture").replace("timeout: 90s", "timeuot: 90s");
        assertThat(complaints(bad)).hasSize(3);
    }

    @Test
    void an_empty_file_says_what_it_should_hold() {
        assertThat(complaints("").toString()).contains("must be an object");
        assertThat(complaints("# nothing\n").toString()).contains("must be an object");
    }

    @Test
    void one_id_stands_once_and_one_name_means_one_model() {
        CatalogFile one = CatalogFile.strict("one.yaml", CatalogText.bytes(GOOD));
        CatalogFile other = CatalogFile.strict(
                "other.yaml", CatalogText.bytes(GOOD.replace("title: A Model", "title: Other\n    aliases: [short]")));
        CatalogFile third = CatalogFile.strict(
                "third.yaml",
                CatalogText.bytes(
                        CatalogText.model("b/model", "1").replace("title: A Model", "title: T\n    aliases: [short]")));
        assertThat(snapshotComplaint(List.of(List.of(one, other))))
                .isEqualTo("other.yaml:2: a/model: id: the same id stands in one.yaml:2.");
        assertThat(snapshotComplaint(List.of(List.of(other, third))))
                .isEqualTo("third.yaml:2: b/model: aliases: \"short\" also means a/model.");
        Snapshot layered = Snapshot.of(List.of(List.of(one), List.of(other)));
        assertThat(layered.byName().get("short").title()).isEqualTo("Other");
        assertThat(layered.byName().get("a/model").title()).isEqualTo("Other");
    }

    @Test
    void what_is_wrong_in_a_part_or_a_default_is_told_with_its_own_line() {
        String family = """
            defaults:
              family: Acme
              owned_by: acme
              modality: image
              operations: [text2image]
              timeout: soon
              retention: 7d
              units: { image: { constant: 1 } }
              prices: { source: a test, date: 2026-11-01, rules: [{ unit: image, usd: "1" }] }
            parts:
              prompt: { type: string, minLenght: 1 }
            models:
              - { id: a/one, title: One, description: Draws., input: { takes: [prompt*] } }
              - { id: a/two, title: Two, description: Draws., input: { takes: [prompt*, seed] }, timeout: 1m }
            """;
        assertThat(complaints(family).stream().map(Complaint::toString))
                .containsExactly("test.yaml:14: a/two: input.takes: \"seed\" is none of the parts.");
        assertThat(complaints(family.replace(", seed", "")).stream().map(Complaint::toString))
                .contains("test.yaml:6: a/one: timeout: must match the pattern ^([0-9]+(ms|s|m|h|d))+$.")
                .anySatisfy(text -> assertThat(text)
                        .startsWith("test.yaml:11: a/one: input.properties.prompt.minLenght: is not known here"));
        CatalogFile good = CatalogFile.strict(
                "test.yaml",
                CatalogText.bytes(
                        family.replace(", seed", "").replace("soon", "2m").replace("minLenght", "minLength")));
        assertThat(good.entries())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(
                                entry.model().inputSchema().path("required").toString())
                        .isEqualTo("[\"prompt\"]"));
        assertThat(good.entries().getLast().model().timeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void quantities_may_be_named_bounded_from_above_and_apart_from_files() {
        Model model = CatalogText.read(GOOD.replace("modality: image", "modality: video")
                .replace(
                        "image: { parameter: n }",
                        "video_second: { parameter: quality, as: { low: 5, high: 10.5 }, absent: 20, upper_bound: true }\n      outputs: { parameter: n }")
                .replace("unit: image", "unit: video_second"));
        assertThat(model.planned(SchemaErrors.json("{'quality':'high'}")).get(Unit.VIDEO_SECOND))
                .isEqualTo(10_500);
        assertThat(model.planned(SchemaErrors.json("{}")).get(Unit.VIDEO_SECOND))
                .isEqualTo(20_000);
        assertThat(model.exactlyPlanned(SchemaErrors.json("{}")).isEmpty()).isTrue();
        assertThat(model.outputs(SchemaErrors.json("{'n':3}"))).isEqualTo(3);
        assertThat(complaints(GOOD.replace("parameter: n", "parameter: quality, as: { low: 5 }, absent: 1"))
                        .toString())
                .contains("as.high: is missing");
    }

    @Test
    void milliseconds_and_written_numbers_are_counted() {
        String video = GOOD.replace("modality: image", "modality: video")
                .replace("image: { parameter: n }", "video_second: { parameter: seconds }")
                .replace(
                        "quality:",
                        "seconds: { type: string, enum: [\"4\", \"6\", \"8\"], default: \"8\" }\n        quality:");
        assertThat(CatalogText.read(video)
                        .planned(SchemaErrors.json("{'seconds':'6'}"))
                        .byWireName())
                .containsEntry("video_second", 6000L);
        assertThat(CatalogText.read(video).planned(SchemaErrors.json("{}")).byWireName())
                .containsEntry("video_second", 8000L);
        String music = GOOD.replace(
                "image: { parameter: n }", "audio_second: { parameter: width, in: milliseconds, absent: 3000 }");
        assertThat(CatalogText.read(music)
                        .planned(SchemaErrors.json("{'width':1500}"))
                        .byWireName())
                .containsEntry("audio_second", 1500L);
        assertThat(CatalogText.read(music).units().sources().getFirst().fallback())
                .isEqualByComparingTo(new BigDecimal(3000));
    }

    private static String snapshotComplaint(List<List<CatalogFile>> layers) {
        return catchThrowableOfType(CatalogException.class, () -> Snapshot.of(layers))
                .getMessage();
    }

    private static List<Complaint> complaints(String file) {
        CatalogException thrown = catchThrowableOfType(
                CatalogException.class, () -> CatalogFile.strict("test.yaml", CatalogText.bytes(file)));
        assertThat(thrown).as("nobody complained about:\n%s", file).isNotNull();
        return thrown.complaints();
    }
}
