package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class TranslationTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            suno                                      | prompt:input="a"                             | {"prompt":"a"}
            sandbox/video                             | duration:seconds="5"                         | {"duration":5}
            sandbox/video                             | duration:seconds="5s"                        | {"duration":5}
            sandbox/video                             | duration:seconds=5.0                         | {"duration":5}
            veo3.1                                    | duration:seconds=4                           | {"duration":"4"}
            elevenlabs-music                          | duration:seconds=12.5                        | {"music_length_ms":12500}
            sandbox/image                             | size:size="512x256"                          | {"size":"512x256"}
            higgsfield-ai/soul/v2/standard            | size:size="1024x1024"                        | {"aspect_ratio":"1:1","resolution":"1080p"}
            sora-2/text-to-video/pro                  | size:size="1920x1080"                        | {"aspect_ratio":"16:9","resolution":"1080p"}
            sora-2/text-to-video/pro                  | size:size="720x1280"                         | {"aspect_ratio":"9:16","resolution":"720p"}
            imagen-4                                  | size:size="1792x1024"                        | {"aspect_ratio":"16:9","image_size":"1K"}
            dall-e-3                                  | size:size="1536x1024"                        | {"aspect_ratio":"3:2"}
            midjourney                                | size:size="1536x1024"                        | {"aspect_ratio":"3:2"}
            qwen-image                                | aspect_ratio:aspect_ratio="16:9"             | {"image_size":"landscape_16_9"}
            gpt-image-1                               | aspect_ratio:aspect_ratio="3:2"              | {"size":"1536x1024"}
            recraft/v4.1/text-to-image                | aspect_ratio:aspect_ratio="3/5"              | {"aspect_ratio":"6:10"}
            dall-e-3                                  | width:width=1024;height:height=1536          | {"aspect_ratio":"2:3"}
            flux-2-pro                                | width:width=1024;height:height=768           | {"width":1024,"height":768}
            flux-1.1-pro                              | size:size="1024x768"                         | {"width":1024,"height":768}
            kling-video/v3.0-turbo/text-to-video      | resolution:size="1080"                       | {"resolution":"1080p"}
            veo3.1                                    | resolution:resolution="1080p"                | {"resolution":"1080"}
            minimax/hailuo-02/standard/image-to-video | resolution:resolution="768p"                 | {"resolution":"768P"}
            kling-2.6                                 | image:input_reference="https://e.com/a.png"  | {"start_image":"https://e.com/a.png"}
            kling-2.6                                 | images:image_urls=["https://e.com/a.png"]    | {"start_image":"https://e.com/a.png"}
            reve/remix                                | image:image="https://e.com/a.png";image:two="https://e.com/b.png" | {"image_urls":["https://e.com/a.png","https://e.com/b.png"]}
            popcorn                                   | image:image="https://e.com/a.png"            | {"image_urls":["https://e.com/a.png"]}
            v1/text2image/keyframes                   | images:image="https://e.com/a.png"           | {"image_references":[{"type":"image_url","image_url":"https://e.com/a.png"}]}
            happyhorse-1.1                            | image:image="https://e.com/a.png"            | {"images":["https://e.com/a.png"]}
            kling-video/v3.0/std/text-to-video        | audio_on:generate_audio=true                 | {"sound":"on"}
            kling-2.6                                 | audio_on:sound="off"                         | {"generate_audio":false}
            kling-2.1                                 | audio_on:generate_audio=false                | {}
            flux-lora                                 | format:response_format="jpeg"                | {"output_format":"jpg"}
            gpt-image-2                               | quality:quality="hd"                         | {"quality":"high"}
            gpt-image-2                               | count:n="2"                                  | {"number_of_images":2}
            seedream-4                                | count:n=1                                    | {}
            midjourney                                | count:n=4                                    | {}
            suno                                      | seed:seed=null                               | {}
            midjourney                                | quality:quality="auto"                       | {}
            tts-1                                     | prompt:prompt="hello"                        | {"input":"hello"}
            producer                                  | seed:seed=7                                  | {"seed":"7"}
            """)
    void what_is_given_is_written_in_the_models_own_words(String model, String given, String expected) {
        String id = model.equals("popcorn") ? "higgsfield-ai/popcorn/auto" : model;
        assertThat(Translation.into(model(id), given(given))).isEqualTo(Json.readOwnObject(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            topaz-image-upscale | prompt:input="a"                            | input          | takes no prompt; it takes image, upscale_factor
            suno                | seed:seed=7                                 | seed           | takes no seed; it takes prompt, custom_mode
            kling-2.6           | duration:seconds=7                          | seconds        | must be one of 5, 10. It is the "duration" of kling-2.6.
            kling-2.6           | duration:seconds="soon"                     | seconds        | must be a whole number, not a text.
            sandbox/video       | duration:seconds=60                         | seconds        | must be at most 10.
            kling-2.6           | image:image_urls=["https://e.com/a","https://e.com/b"] | image_urls | must be a text, not a list.
            kling-2.6           | images:images=["https://e.com/a","https://e.com/b"] | images    | takes no images; it takes
            sora-2              | size:size="1024x1024"                       | size           | takes no size; it takes prompt, aspect_ratio
            sora-2              | aspect_ratio:aspect_ratio="1:1"             | aspect_ratio   | must be one of "16:9", "9:16".
            sora-2              | size:size="huge"                            | size           | takes no size
            seedream-4          | count:n=2                                   | n              | takes no count
            midjourney          | count:n=2                                   | n              | takes no count
            kling-2.1           | audio_on:generate_audio=true                | generate_audio | takes no audio on
            dall-e-3            | negative_prompt:negative_prompt="rain"      | negative_prompt| takes no negative prompt
            sandbox/image       | format:output_format="webp"                 | output_format  | must be one of "png", "jpeg".
            sandbox/image       | prompt:prompt=""                            | prompt         | must not be empty.
            sandbox/image       | prompt:prompt=5;count:n=9                   | n              | must be at most 4.
            flux-2-pro          | width:w=9000;height:h=100                   | w              | must be at most 2048.
            imagen-4            | aspect_ratio:a="1:1";size:b="1024x1024"     | b              | together with a: both are its "aspect_ratio".
            """)
    void what_can_not_be_said_is_refused_by_the_clients_own_name_of_it(
            String model, String given, String field, String message) {
        assertThatThrownBy(() -> Translation.into(model(model), given(given)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
                    assertThat(e.problem().detail()).isNotBlank();
                    assertThat(e.problem().fields()).anySatisfy(error -> {
                        assertThat(error.path()).isEqualTo(field);
                        assertThat(error.message()).contains(message);
                    });
                });
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> Translation.into(
                        model("kling-2.1"), given("duration:seconds=7;seed:seed=1;lyrics:words=\"la\"")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().fields())
                                .extracting(FieldError::path)
                                .containsExactlyInAnyOrder("seconds", "seed", "words"));
    }

    static Stream<Model> models() {
        return CATALOG.all().stream().filter(model -> model.input().roles().containsKey("prompt"));
    }

    /** A client that knows no model takes its words to any of them. */
    @ParameterizedTest
    @MethodSource("models")
    void words_alone_reach_every_model_that_takes_words(Model model) {
        ObjectNode written = Translation.into(model, given("prompt:input=\"a mill\""));
        assertThat(written.path(model.input().roles().get("prompt")).asString()).isEqualTo("a mill");
    }

    private static Model model(String id) {
        return CATALOG.find(id).orElseThrow();
    }

    /** {@code role:field=json}, several of them between semicolons. */
    private static List<Given> given(String text) {
        List<Given> given = new ArrayList<>();
        for (String one : text.split(";")) {
            String[] parts = one.split("[:=]", 3);
            given.add(new Given(parts[0], parts[1], Json.readOwn(parts[2])));
        }
        return given;
    }
}
