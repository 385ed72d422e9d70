package dev.millrace.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What every route of the dialect does when it is used as its clients use it. */
class OpenAiRoutesTest {
    private static final String IMAGES = "/v1/images/generations";
    private static final String TEXT = "The mill turns. Does the river know?";
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("50");
        client = gateway.caller(key);
    }

    @AfterAll
    static void end() {
        try {
            gateway.check();
        } finally {
            gateway.close();
        }
    }

    @Test
    void images_come_as_links_or_in_the_answer() throws IOException {
        Reply links = ok(
                client.post(IMAGES, "{\"model\":\"sandbox/image\",\"prompt\":\"a mill\",\"n\":2,\"size\":\"96x64\"}"));
        assertThat(links.json().path("data").size()).isEqualTo(2);
        assertThat(links.json().path("created").asLong()).isPositive();
        assertThat(links.at("size")).isEqualTo("96x64");
        assertThat(links.header("x-ratelimit-remaining-requests")).isNotEmpty();
        Reply file =
                client.bare().get(links.json().path("data").path(0).path("url").asString());
        assertThat(ImageIO.read(new ByteArrayInputStream(file.bytes())).getWidth())
                .isEqualTo(96);
        Reply inline = ok(client.post(
                IMAGES,
                "{\"model\":\"sandbox/image\",\"prompt\":\"a mill\",\"size\":\"96x64\",\"response_format\":\"b64_json\","
                        + "\"output_format\":\"jpeg\",\"user\":\"u1\",\"moderation\":\"low\",\"quality\":\"auto\"}"));
        byte[] picture = Base64.getDecoder()
                .decode(inline.json().path("data").path(0).path("b64_json").asString());
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getHeight()).isEqualTo(64);
        assertThat(inline.at("output_format")).isEqualTo("jpeg");
        assertThat(client.get("/api/v1/jobs/" + inline.header("Millrace-Job")).at("status"))
                .isEqualTo("completed");
    }

    @Test
    void a_request_without_a_model_is_for_the_usual_one_and_comes_inline() {
        Reply made = ok(client.post(IMAGES, "{\"prompt\":\"a mill\",\"quality\":\"low\",\"size\":\"1024x1024\"}"));
        assertThat(made.json().path("data").path(0).has("b64_json")).isTrue();
        assertThat(made.at("quality")).isEqualTo("low");
        assertThat(charge(made)).isEqualTo("0.011");
    }

    @Test
    void a_model_of_another_family_is_asked_in_its_own_words() {
        Reply made = ok(client.post(
                IMAGES,
                "{\"model\":\"higgsfield-ai/soul/standard\",\"prompt\":\"a mill\",\"size\":\"1792x1024\",\"n\":1}"));
        assertThat(made.json().path("data").path(0).has("url")).isTrue();
        Reply refused = client.post(
                IMAGES, "{\"model\":\"higgsfield-ai/soul/standard\",\"prompt\":\"a mill\",\"background\":\"opaque\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").path("param").asString("")).isEqualTo("background");
        assertThat(refused.json().path("error").path("message").asString("")).contains("it takes prompt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/images/generations | {\"model\":\"dall-e-3\",\"prompt\":\"a\",\"n\":1,\"size\":\"1024x1024\"}",
                "/v1/images/generations | {\"model\":\"dall-e-2\",\"prompt\":\"a\",\"n\":1,\"size\":\"1024x1024\"}",
                "/v1/images/generations | {\"model\":\"gpt-image-1.5\",\"prompt\":\"a\",\"size\":\"1024x1024\"}",
                "/v1/images/generations | {\"model\":\"gpt-image-2\",\"prompt\":\"a\",\"size\":\"auto\",\"quality\":\"auto\"}",
                "/v1/videos | {\"prompt\":\"a\"}",
                "/v1/videos | {\"model\":\"sora-2\",\"prompt\":\"a\",\"seconds\":\"4\",\"size\":\"1280x720\"}",
                "/v1/videos | {\"model\":\"sora-2\",\"prompt\":\"a\",\"seconds\":\"8\",\"size\":\"720x1280\"}",
                "/v1/videos | {\"model\":\"sora-2-pro\",\"prompt\":\"a\",\"seconds\":\"12\",\"size\":\"1792x1024\"}",
            })
    void the_models_that_clients_name_by_habit_take_what_they_send(String path, String body) {
        ok(client.post(path, body.replace("}", ",\"sandbox\":{\"draft\":true}}")));
    }

    @Test
    void a_stream_of_images_ends_with_the_finished_ones() {
        Reply streamed = client.post(
                IMAGES,
                "{\"model\":\"sandbox/image\",\"prompt\":\"a mill\",\"size\":\"64x64\",\"stream\":true,\"partial_images\":2}");
        assertThat(streamed.status()).isEqualTo(200);
        assertThat(streamed.header("Content-Type")).isEqualTo("text/event-stream");
        List<JsonNode> events = events(streamed);
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().path("type").asString("")).isEqualTo("image_generation.completed");
        assertThat(events.getFirst().path("b64_json").asString("")).isNotEmpty();
        Reply failed = client.post(
                IMAGES, "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"stream\":true,\"sandbox\":{\"nsfw\":true}}");
        assertThat(events(failed).getFirst().path("error").path("code").asString(""))
                .isEqualTo("moderation_blocked");
    }

    @Test
    void pictures_are_edited_as_files_and_by_address() {
        byte[] png = png();
        Reply files = new Parts()
                .value("model", "gpt-image-1")
                .value("prompt", "the same at night")
                .value("n", "1")
                .value("quality", "low")
                .file("image[]", "a.png", "image/png", png)
                .file("image[]", "b.png", "image/png", png)
                .file("mask", "m.png", "image/png", png)
                .post(client, "/v1/images/edits");
        assertThat(ok(files).json().path("data").size()).isEqualTo(1);
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        Reply json = client.post(
                "/v1/images/edits",
                "{\"model\":\"gpt-image-1\",\"prompt\":\"again\",\"quality\":\"low\",\"images\":[{\"image_url\":\""
                        + data + "\"}]}");
        assertThat(ok(json).json().path("data").path(0).has("b64_json")).isTrue();
        Reply wrong = new Parts()
                .value("model", "gpt-image-1")
                .value("prompt", "x")
                .file("image", "a.png", "image/png", "no picture".getBytes(StandardCharsets.UTF_8))
                .post(client, "/v1/images/edits");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").path("param").asString("")).isEqualTo("image");
    }

    @ParameterizedTest
    @CsvSource({"mp3, audio/mpeg", "opus, audio/ogg", "flac, audio/flac", "wav, audio/wav", "pcm, audio/pcm"})
    void speech_is_a_file_of_the_format_that_was_asked_for(String format, String type) {
        Reply speech = client.post(
                "/v1/audio/speech",
                "{\"model\":\"tts-1\",\"input\":\"" + TEXT
                        + "\",\"voice\":\"nova\",\"speed\":1.5,\"response_format\":\"" + format + "\"}");
        assertThat(speech.status()).as(speech.toString()).isEqualTo(200);
        assertThat(speech.header("Content-Type")).isEqualTo(type);
        assertThat(speech.bytes().length).isGreaterThan(4_000);
        assertThat(charge(speech)).isEqualTo("0.00054");
    }

    @Test
    void speech_is_written_down_again_in_every_form() {
        byte[] mp3 = client.post(
                        "/v1/audio/speech",
                        "{\"model\":\"gpt-4o-mini-tts\",\"input\":\"" + TEXT
                                + "\",\"voice\":{\"id\":\"cedar\"},\"instructions\":\"calmly\"}")
                .bytes();
        assertThat(transcribed(mp3, "json").at("text")).isEqualTo(TEXT);
        assertThat(transcribed(mp3, "text").text()).isEqualTo(TEXT + "\n");
        assertThat(transcribed(mp3, "srt").text())
                .startsWith("1\n00:00:00,000 --> 00:00:0")
                .contains("\nThe mill turns.\n");
        assertThat(transcribed(mp3, "vtt").text()).startsWith("WEBVTT\n\n00:00:00.000 --> ");
        JsonNode verbose = transcribed(mp3, "verbose_json").json();
        assertThat(verbose.path("language").asString("")).isEqualTo("english");
        assertThat(verbose.path("segments").size()).isEqualTo(2);
        assertThat(verbose.path("duration").decimalValue()).isPositive();
        assertThat(verbose.path("segments").path(1).path("end").decimalValue())
                .isEqualByComparingTo(verbose.path("duration").decimalValue());
        assertThat(verbose.has("words")).isFalse();
        Reply words = new Parts()
                .value("model", "whisper-1")
                .value("response_format", "verbose_json")
                .value("timestamp_granularities[]", "word")
                .value("language", "de")
                .file("file", "a.mp3", "audio/mpeg", mp3)
                .post(client, "/v1/audio/transcriptions");
        assertThat(words.json().path("words").size()).isEqualTo(7);
        assertThat(words.at("language")).isEqualTo("german");
        Reply stream = new Parts()
                .value("model", "gpt-4o-transcribe")
                .value("stream", "true")
                .file("file", "a.mp3", "audio/mpeg", mp3)
                .post(client, "/v1/audio/transcriptions");
        assertThat(events(stream))
                .extracting(event -> event.path("type").asString(""))
                .containsExactly("transcript.text.delta", "transcript.text.delta", "transcript.text.done");
    }

    @Test
    void a_recording_is_held_for_its_length_and_charged_for_it() {
        byte[] wav = client.post(
                        "/v1/audio/speech",
                        "{\"model\":\"sandbox/speech\",\"input\":\"" + TEXT + "\",\"response_format\":\"wav\"}")
                .bytes();
        Reply reply = transcribed(wav, "json");
        JsonNode job =
                client.get("/api/v1/jobs/" + reply.header("Millrace-Job")).json();
        long seconds = reply.json().path("usage").path("seconds").asLong();
        assertThat(job.path("hold_usd").asString("")).isEqualTo("0.0000" + seconds);
        assertThat(new java.math.BigDecimal(job.path("charge_usd").asString("")))
                .isLessThan(new java.math.BigDecimal(job.path("hold_usd").asString("")))
                .isPositive();
    }

    @Test
    void a_video_is_made_looked_at_downloaded_remixed_and_deleted() throws IOException {
        Reply created = ok(new Parts()
                .value("model", "sandbox/video")
                .value("prompt", "a mill by the river")
                .value("seconds", "2")
                .value("size", "1280x720")
                .file("input_reference", "a.png", "image/png", png())
                .post(client, "/v1/videos"));
        assertThat(created.at("object")).isEqualTo("video");
        assertThat(created.at("status")).isIn("queued", "in_progress", "completed");
        assertThat(created.at("seconds")).isEqualTo("2");
        String id = created.at("id");
        assertThat(id).startsWith("video_");
        JsonNode done = ended(id);
        assertThat(done.path("status").asString("")).isEqualTo("completed");
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("completed_at").asLong()).isPositive();
        assertThat(done.path("error").isNull()).isTrue();
        assertThat(done.path("prompt").isNull()).isTrue();
        contents(id);
        Reply remix = ok(client.post("/v1/videos/" + id + "/remix", "{\"prompt\":\"the same in winter\"}"));
        assertThat(remix.at("remixed_from_video_id")).isEqualTo(id);
        JsonNode remixed = ended(remix.at("id"));
        assertThat(remixed.path("remixed_from_video_id").asString("")).isEqualTo(id);
        assertThat(remixed.path("seconds").asString("")).isEqualTo("2");
        Reply deleted = ok(client.delete("/v1/videos/" + id));
        assertThat(deleted.at("object")).isEqualTo("video.deleted");
        assertThat(client.get("/v1/videos/" + id).status()).isEqualTo(404);
    }

    private static void contents(String id) throws IOException {
        String content = "/v1/videos/" + id + "/content";
        Reply film = client.get(content);
        assertThat(film.header("Content-Type")).isEqualTo("video/mp4");
        Reply part = client.with("Range", "bytes=0-99").get(content + "?variant=video");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).hasSize(100);
        var thumbnail = ImageIO.read(new ByteArrayInputStream(
                client.get(content + "?variant=thumbnail").bytes()));
        assertThat(thumbnail.getWidth()).isGreaterThan(300);
        var sheet = ImageIO.read(new ByteArrayInputStream(
                client.get(content + "?variant=spritesheet").bytes()));
        assertThat(sheet.getWidth()).isEqualTo(960);
        assertThat(client.get(content + "?variant=poster").status()).isEqualTo(400);
    }

    @Test
    void a_video_of_another_family_is_asked_in_its_own_words() {
        Reply created = ok(client.post(
                "/v1/videos",
                "{\"model\":\"kling-video/v2.5-turbo/pro/text-to-video\",\"prompt\":\"a mill\",\"seconds\":\"5\"}"));
        assertThat(created.at("seconds")).isEqualTo("5");
        assertThat(ended(created.at("id")).path("status").asString("")).isEqualTo("completed");
        Reply refused = client.post(
                "/v1/videos",
                "{\"model\":\"kling-video/v2.5-turbo/pro/text-to-video\",\"prompt\":\"a mill\",\"seconds\":\"7\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").path("param").asString("")).isEqualTo("seconds");
    }

    @Test
    void videos_of_every_dialect_are_listed_in_pages_in_both_orders() {
        Caller alone = gateway.caller(gateway.customer("5"));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(alone.post(
                            "/v1/videos",
                            "{\"model\":\"sandbox/video\",\"prompt\":\"a mill\",\"sandbox\":{\"noop\":true}}")
                    .at("id"));
        }
        Reply other = alone.post(
                "/api/v1/generations",
                "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"settings\":{\"sandbox\":{\"noop\":true}}}");
        made.addFirst("video_" + other.at("id"));
        assertThat(pages(alone, "desc")).containsExactlyElementsOf(made);
        assertThat(pages(alone, "asc")).containsExactlyElementsOf(made.reversed());
        String gone = made.get(2);
        Await.until("it ends", () -> alone.delete("/v1/videos/" + gone).status() == 200);
        made.remove(gone);
        assertThat(pages(alone, "desc")).containsExactlyElementsOf(made);
        assertThat(pages(alone, "asc")).containsExactlyElementsOf(made.reversed());
        assertThat(alone.get("/v1/videos?order=up").status()).isEqualTo(400);
    }

    private static List<String> pages(Caller alone, String order) {
        List<String> listed = new ArrayList<>();
        String after = "";
        JsonNode page;
        do {
            page = alone.get("/v1/videos?limit=2&order=" + order + after).json();
            page.path("data").forEach(video -> listed.add(video.path("id").asString("")));
            after = "&after=" + page.path("last_id").asString("");
        } while (page.path("has_more").asBoolean());
        return listed;
    }

    @Test
    void models_are_listed_and_found_by_every_name() {
        JsonNode list = client.get("/v1/models").json();
        assertThat(list.path("object").asString("")).isEqualTo("list");
        assertThat(list.path("data").valueStream().map(model -> model.path("id").asString("")))
                .contains("tts-1", "whisper-1", "gpt-image-1", "sandbox/text");
        assertThat(client.get("/v1/models/sandbox/image").at("object")).isEqualTo("model");
        assertThat(client.get("/v1/models/gpt-4o-mini-tts-2025-12-15").at("id")).isEqualTo("gpt-4o-mini-tts");
        assertThat(client.get("/v1/models/tts-1").json().path("created").asLong())
                .isPositive();
    }

    @Test
    void chats_are_answered_under_the_same_base() {
        Reply answer = client.post(
                "/v1/chat/completions",
                "{\"model\":\"sandbox/text\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(answer.at("object")).isEqualTo("chat.completion");
    }

    @Test
    void images_and_audio_are_there_under_the_base_of_the_own_api_too() {
        ok(client.post(
                "/api/v1" + IMAGES.substring(3), "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"}"));
        assertThat(client.post("/api/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"Hi.\",\"voice\":\"alloy\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_repeat_under_its_key_gets_the_same_job() {
        Caller keyed = client.with("Idempotency-Key", "openai-1");
        String body = "{\"model\":\"sandbox/image\",\"prompt\":\"once\",\"size\":\"64x64\"}";
        Reply first = ok(keyed.post(IMAGES, body));
        Reply second = ok(keyed.post(IMAGES, body));
        assertThat(second.header("Millrace-Job")).isEqualTo(first.header("Millrace-Job"));
        assertThat(keyed.post(IMAGES, body.replace("once", "twice")).status()).isEqualTo(422);
    }

    private static Reply transcribed(byte[] audio, String format) {
        return ok(new Parts()
                .value("model", "sandbox/transcription")
                .value("response_format", format)
                .file("file", "speech.mp3", "audio/mpeg", audio)
                .post(client, "/v1/audio/transcriptions"));
    }

    private static JsonNode ended(String id) {
        JsonNode[] last = new JsonNode[1];
        Await.until("the video ends", () -> {
            last[0] = client.get("/v1/videos/" + id).json();
            return !List.of("queued", "in_progress")
                    .contains(last[0].path("status").asString(""));
        });
        return last[0];
    }

    private static String charge(Reply reply) {
        return client.get("/api/v1/jobs/" + reply.header("Millrace-Job")).at("charge_usd");
    }

    private static byte[] png() {
        Reply made = ok(
                client.post(
                        IMAGES,
                        "{\"model\":\"sandbox/image\",\"prompt\":\"a mill\",\"size\":\"64x64\",\"response_format\":\"b64_json\"}"));
        return Base64.getDecoder()
                .decode(made.json().path("data").path(0).path("b64_json").asString());
    }

    private static List<JsonNode> events(Reply reply) {
        return reply.text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> dev.millrace.json.Json.readOwn(line.substring("data: ".length())))
                .toList();
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }
}
