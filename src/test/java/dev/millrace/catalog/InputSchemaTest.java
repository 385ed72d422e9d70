package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

class InputSchemaTest {
    private static final Catalog CATALOG = Catalog.bundled();

    private final Model image = model("sandbox/image");
    private final Model soul = model("higgsfield-ai/soul/standard");
    private final Model dop = model("higgsfield-ai/dop/standard");
    private final Model kling = model("kling-video/v2.5-turbo/pro/text-to-video");

    @Test
    void what_is_left_out_gets_its_default() {
        assertThat(checked(soul, "{'prompt':'a fox'}"))
                .isEqualTo(
                        SchemaErrors.json("{'prompt':'a fox','num_images':1,'resolution':'2K','aspect_ratio':'4:3'}"));
        assertThat(checked(kling, "{'prompt':'a fox'}").path("negative_prompt").asString("?"))
                .isEmpty();
    }

    @Test
    void a_default_of_null_means_left_out() {
        ObjectNode checked =
                checked(dop, "{'prompt':'x','image_url':'https://e.com/a.png','seed':null,'motions':null}");
        assertThat(checked.propertyNames()).containsExactlyInAnyOrder("prompt", "image_url", "enhance_prompt");
    }

    @Test
    void every_error_carries_what_a_dialect_needs_to_word_it() {
        List<FieldError> errors =
                SchemaErrors.of(soul, SchemaErrors.json("{'num_images':5,'resolution':'720p','aspect_ratio':3}"));
        assertThat(errors)
                .containsExactly(
                        new FieldError("prompt", "required", "is required.", null, "\"prompt\""),
                        new FieldError("num_images", "maximum", "must be at most 4.", "5", "4"),
                        new FieldError(
                                "resolution", "enum", "must be one of \"2K\", \"4K\".", "\"720p\"", "[\"2K\",\"4K\"]"),
                        new FieldError("aspect_ratio", "type", "must be a text, not a number.", "3", "\"string\""));
    }

    @Test
    void the_order_of_errors_does_not_depend_on_the_order_of_the_request() {
        ObjectNode one = SchemaErrors.json("{'x':1,'num_images':'5','prompt':null,'resolution':'8K'}");
        ObjectNode other = SchemaErrors.json("{'resolution':'8K','prompt':null,'num_images':'5','x':1}");
        assertThat(SchemaErrors.of(soul, one)).isEqualTo(SchemaErrors.of(soul, other));
    }

    @Test
    void an_unknown_name_is_dropped_or_refused_as_the_dialect_likes() {
        ObjectNode parameters = SchemaErrors.json("{'prompt':'x','num_image':2,'__proto__':{'a':1}}");
        assertThat(soul.checked(parameters, UnknownFields.IGNORE).propertyNames())
                .containsExactlyInAnyOrder("prompt", "num_images", "resolution", "aspect_ratio");
        assertThat(SchemaErrors.of(soul, parameters).getFirst())
                .isEqualTo(new FieldError(
                        "num_image",
                        "additionalProperties",
                        "is not known here; did you mean \"num_images\"?",
                        "\"num_image\"",
                        null));
    }

    @Test
    void instructions_to_the_sandbox_pass_untouched() {
        ObjectNode parameters = SchemaErrors.json("{'prompt':'x','sandbox':{'latency_ms':4.0,'odd':1e400}}");
        ObjectNode checked = image.checked(parameters, UnknownFields.REJECT);
        assertThat(checked.get("sandbox")).isEqualTo(parameters.get("sandbox"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4.0", "4e0", "0.4e1", "40e-1", "4.000"})
    void a_whole_number_is_an_integer_however_it_is_written(String four) {
        ObjectNode checked = checked(image, "{'prompt':'x','n':" + four + "}");
        assertThat(Json.text(checked.get("n"))).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({
        "4.5, type",
        "'\"4\"', type",
        "true, type",
        "null, type",
        "[4], type",
        "0, minimum",
        "-1, minimum",
        "-0, minimum",
        "5, maximum",
        "1e400, maximum",
        "-1e400, minimum",
        "1e999999999, maximum",
        "9223372036854775808, maximum",
        "123456789012345678901234567890123456789012345678901234567890, maximum"
    })
    void what_is_no_integer_in_range_is_refused(String value, String rule) {
        List<FieldError> errors = SchemaErrors.of(image, SchemaErrors.json("{'prompt':'x','n':" + value + "}"));
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("n");
            assertThat(error.rule()).isEqualTo(rule);
            assertThat(error.expected()).isNotNull();
        });
    }

    @Test
    void a_seed_may_be_any_long() {
        assertThat(checked(image, "{'prompt':'x','seed':9007199254740993}")
                        .get("seed")
                        .asLong())
                .isEqualTo(9_007_199_254_740_993L);
        assertThat(checked(image, "{'prompt':'x','seed':9223372036854775807}")
                        .get("seed")
                        .asLong())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.35", "0.29", "1", "0", "0.07", "5e-1"})
    void a_fraction_is_a_multiple_by_decimal_arithmetic(String scale) {
        assertThat(checked(kling, "{'prompt':'x','cfg_scale':" + scale + "}").has("cfg_scale"))
                .isTrue();
    }

    @Test
    void a_fraction_that_is_too_fine_is_refused() {
        assertThat(SchemaErrors.of(kling, SchemaErrors.json("{'prompt':'x','cfg_scale':0.005}"))
                        .getFirst()
                        .rule())
                .isEqualTo("multipleOf");
        assertThat(SchemaErrors.of(kling, SchemaErrors.json("{'prompt':'x','cfg_scale':1e-999999999}"))
                        .getFirst()
                        .path())
                .isEqualTo("cfg_scale");
    }

    @Test
    void not_a_number_is_refused_though_no_json_has_it() {
        ObjectNode parameters = Json.object().put("prompt", "x");
        parameters.set("cfg_scale", DoubleNode.valueOf(Double.NaN));
        assertThat(SchemaErrors.of(kling, parameters).getFirst().path()).isEqualTo("cfg_scale");
    }

    @Test
    void a_prompt_with_nul_or_half_a_character_is_refused() {
        for (String bad : List.of("a\0b", "\ud800", "x\udc00y", "\udc00\ud800")) {
            assertThat(SchemaErrors.of(image, Json.object().put("prompt", bad)))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.path()).isEqualTo("prompt");
                        assertThat(error.given()).as("content stays out").isNull();
                    });
        }
        assertThat(checked(image, "{'prompt':'\ud83e\udd8a'}").path("prompt").asString())
                .isEqualTo("\ud83e\udd8a");
    }

    @Test
    void errors_inside_lists_name_the_item() {
        List<FieldError> errors = SchemaErrors.of(
                dop,
                SchemaErrors.json(
                        "{'prompt':'x','image_url':'https://e.com/a.png','motions':[{'id':'a'},{'strength':2}]}"));
        assertThat(errors).extracting(FieldError::path).containsExactly("motions.1.id", "motions.1.strength");
        assertThat(errors).extracting(FieldError::rule).containsExactly("required", "maximum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "a b", "//e.com/a", "", "http://[::1"})
    void an_image_url_must_be_a_whole_url(String url) {
        ObjectNode parameters = Json.object().put("prompt", "x").put("image_url", url);
        assertThat(SchemaErrors.of(dop, parameters).getFirst().path()).isEqualTo("image_url");
    }

    @Test
    void a_choice_of_forms_is_one_error() {
        Model text = model("sandbox/text");
        assertThat(SchemaErrors.of(text, SchemaErrors.json("{'stop':5}")))
                .singleElement()
                .satisfies(error -> assertThat(error.rule()).isEqualTo("anyOf"));
        assertThat(text.checked(SchemaErrors.json("{'stop':['a','b']}"), UnknownFields.REJECT)
                        .has("stop"))
                .isTrue();
    }

    @Test
    void the_detail_never_quotes_what_was_given() {
        String secret = "KANARIENVOGEL";
        try {
            image.checked(
                    Json.object()
                            .put("prompt", secret + "\0")
                            .put("format", secret)
                            .put("n", secret),
                    UnknownFields.REJECT);
        } catch (ProblemException e) {
            assertThat(e.problem().detail()).doesNotContain(secret);
            assertThat(e.problem().fields())
                    .allSatisfy(error -> assertThat(error.message()).doesNotContain(secret));
        }
    }

    @Test
    void the_schema_that_is_shown_is_a_copy() {
        soul.inputSchema().removeAll();
        assertThat(soul.inputSchema().path("required").path(0).asString()).isEqualTo("prompt");
    }

    private static ObjectNode checked(Model model, String parameters) {
        return model.checked(SchemaErrors.json(parameters), UnknownFields.REJECT);
    }

    private static Model model(String id) {
        return CATALOG.find(id).orElseThrow();
    }
}
