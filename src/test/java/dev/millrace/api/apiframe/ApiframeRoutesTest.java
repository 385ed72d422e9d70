package dev.millrace.api.apiframe;

import static dev.millrace.api.apiframe.Desk.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every route does what the contract says, and every answer is as the OpenAPI document says. */
class ApiframeRoutesTest {
    private static Gateway gateway;
    private static NewKey key;
    private static Desk desk;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("50");
        desk = Desk.of(gateway, key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void an_image_is_a_job_with_a_link_to_each_file() {
        Reply accepted = desk.post("/v2/images/generate", SMALL.replace("\"seed\":7", "\"n\":2"));
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.at("status")).isEqualTo("QUEUED");
        assertThat(accepted.json().propertyNames()).containsExactly("jobId", "status");
        Reply job = desk.ended(UUID.fromString(accepted.at("jobId")).toString());
        assertThat(job.at("status")).isEqualTo("COMPLETED");
        assertThat(job.json().path("progress").asInt()).isEqualTo(100);
        assertThat(job.json().path("input").isNull()).isTrue();
        assertThat(job.json().path("expired").asBoolean(true)).isFalse();
        assertThat(job.json().path("webhookStatus").isNull()).isTrue();
        assertThat(job.at("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        JsonNode images = job.json().path("result").path("images");
        assertThat(images.size()).isEqualTo(2);
        for (JsonNode image : images) {
            Reply file = desk.caller().bare().get(image.asString());
            assertThat(file.status()).isEqualTo(200);
            assertThat(new String(file.bytes(), 1, 3, StandardCharsets.US_ASCII))
                    .isEqualTo("PNG");
        }
    }

    @Test
    void a_video_and_tracks_have_their_own_shapes() {
        Reply video = desk.run("/v2/videos/generate", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1}");
        assertThat(video.json().path("result").path("videoUrl").asString()).startsWith(gateway.url());
        Reply music = desk.run("/v2/music/generate", "{\"model\":\"sandbox/music\",\"prompt\":\"a\",\"duration\":5}");
        JsonNode track = music.json().path("result").path("tracks").path(0);
        assertThat(track.path("audioUrl").asString()).startsWith(gateway.url());
        assertThat(track.path("duration").decimalValue()).isEqualByComparingTo("5");
        assertThat(track.propertyNames()).containsExactly("id", "audioUrl", "imageUrl", "title", "tags", "duration");
    }

    @Test
    void credits_are_taken_at_once_and_refunded_when_the_job_fails() {
        NewKey poorKey = gateway.customer("1");
        Desk poor = Desk.of(gateway, poorKey);
        assertThat(credits(poor)).isEqualTo(100);
        String slow = poor.post(
                        "/v2/images/generate",
                        "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}")
                .at("jobId");
        Reply running = poor.until(slow, "PROCESSING");
        int cost = running.json().path("creditCost").asInt();
        assertThat(cost).isPositive();
        assertThat(credits(poor)).isEqualTo(100 - cost);
        Reply failed = poor.run(
                "/v2/images/generate",
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"sandbox\":{\"fail\":\"upstream_error\"}}");
        assertThat(failed.at("status")).isEqualTo("FAILED");
        assertThat(failed.at("error")).isNotBlank();
        assertThat(failed.json().path("creditCost").asInt(-1)).isZero();
        assertThat(failed.json().path("result").isNull()).isTrue();
        assertThat(failed.at("completedAt")).isNotEmpty();
        Reply nsfw = poor.run(
                "/v2/images/generate", "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"sandbox\":{\"nsfw\":true}}");
        assertThat(nsfw.at("status")).isEqualTo("FAILED");
        assertThat(nsfw.at("error")).contains("content policy");
        assertThat(credits(poor)).isEqualTo(100 - cost);
        Reply stopped = gateway.caller(poorKey).post("/api/v1/jobs/" + slow + "/cancel", "");
        assertThat(stopped.status()).isEqualTo(200);
        Reply canceled = poor.ended(slow);
        assertThat(canceled.at("status")).isEqualTo("CANCELLED");
        assertThat(credits(poor)).isEqualTo(100);
    }

    private static int credits(Desk whose) {
        return whose.get("/v2/me").json().path("team").path("credits").asInt(-1);
    }

    @Test
    void me_says_whose_key_it_is() {
        JsonNode me = desk.get("/v2/me").json();
        assertThat(me.path("team").path("id").asString())
                .isEqualTo(key.organization().text());
        assertThat(me.path("team").path("maxConcurrentJobs").asInt()).isPositive();
        assertThat(me.path("apiKey").path("prefix").asString())
                .isEqualTo(key.full().substring(0, 8));
        assertThat(me.path("user").path("role").asString()).isEqualTo("OWNER");
    }

    @Test
    void the_list_of_models_is_public_and_can_be_narrowed() {
        JsonNode all = desk.bare().get("/v2/models").json().path("models");
        assertThat(ids(all))
                .contains("sandbox/image", "sandbox/video")
                .doesNotContain("sandbox/text", "flux-lora/training");
        JsonNode music = desk.bare().get("/v2/models?modality=music").json().path("models");
        assertThat(music.valueStream().map(one -> one.path("modality").asString()))
                .containsOnly("music");
    }

    @Test
    void a_list_of_jobs_is_paged_and_filtered() {
        Desk own = Desk.of(gateway, gateway.customer("5"));
        List<String> made = Stream.of(1, 2, 3)
                .map(seed -> own.run("/v2/images/generate", SMALL.replace("7", String.valueOf(seed)))
                        .at("id"))
                .toList();
        Reply track = own.run(
                "/v2/music/generate",
                "{\"model\":\"sandbox/music\",\"prompt\":\"a\",\"duration\":5,\"sandbox\":{\"fail\":\"upstream_error\"}}");
        JsonNode first = own.get("/v2/jobs?limit=2&include_models=true").json();
        assertThat(first.path("hasMore").asBoolean()).isTrue();
        assertThat(first.path("models").valueStream().map(JsonNode::asString))
                .containsExactly("sandbox/image", "sandbox/music");
        JsonNode second = own.get(
                        "/v2/jobs?limit=2&cursor=" + first.path("nextCursor").asString())
                .json();
        assertThat(Stream.concat(ids(first.path("jobs")).stream(), ids(second.path("jobs")).stream()))
                .containsExactly(track.at("id"), made.get(2), made.get(1), made.get(0));
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(second.path("hasMore").asBoolean(true)).isFalse();
        assertThat(second.has("models")).isFalse();
        assertThat(found(own, "status=FAILED")).containsExactly(track.at("id"));
        assertThat(found(own, "model=sandbox/image")).hasSize(3);
        assertThat(found(own, "model=no-such-model")).isEmpty();
        assertThat(found(own, "scope=team")).hasSize(4);
        assertThat(found(own, "search=" + made.get(1))).containsExactly(made.get(1));
        assertThat(found(own, "status=FAILED&search=" + made.get(1))).isEmpty();
        assertThat(found(desk, "search=" + made.get(1))).as("another team's").isEmpty();
    }

    private static List<String> found(Desk whose, String query) {
        return ids(whose.get("/v2/jobs?" + query).json().path("jobs"));
    }

    private static List<String> ids(JsonNode items) {
        return items.valueStream().map(item -> item.path("id").asString()).toList();
    }

    @Test
    void the_same_idempotency_key_is_the_same_job_with_its_status_of_now() {
        Desk once = desk.with("Idempotency-Key", "a key");
        Reply first = once.post("/v2/images/generate", SMALL);
        desk.ended(first.at("jobId"));
        Reply again = once.post("/v2/images/generate", SMALL.replace(",", " , "));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.at("jobId")).isEqualTo(first.at("jobId"));
        assertThat(again.at("status")).isEqualTo("COMPLETED");
        Reply other = once.post("/v2/images/generate", SMALL.replace("7", "8"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.at("error")).contains("Idempotency-Key");
        Reply elsewhere =
                once.post("/v2/videos/generate", "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1}");
        assertThat(elsewhere.status()).as("another route").isEqualTo(202);
        desk.ended(elsewhere.at("jobId"));
    }

    @Test
    void models_of_other_dialects_take_their_own_names_and_those_of_this_one() {
        String soul = "{\"model\":\"higgsfield-ai/soul/standard\",\"prompt\":\"a\",\"sandbox\":{\"draft\":true},";
        for (String count : List.of("\"num_images\":2}", "\"n\":2}", "\"num_outputs\":2}")) {
            Reply job = desk.run("/v2/images/generate", soul + count);
            assertThat(job.json().path("result").path("images").size())
                    .as(count)
                    .isEqualTo(2);
        }
        Reply refused = desk.post("/v2/images/generate", soul + "\"generate_audio\":true}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("details").has("generate_audio"))
                .as(refused.toString())
                .isTrue();
    }

    @Test
    void results_are_kept_for_ninety_days() {
        Reply job = desk.run("/v2/images/generate", SMALL);
        String url = job.json().path("result").path("images").path(0).asString();
        long expires = Long.parseLong(url.replaceFirst(".*expires=([0-9]+).*", "$1"));
        assertThat(Instant.ofEpochSecond(expires))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
    }

    @Test
    void an_upload_is_told_by_its_bytes_and_used_as_an_input() {
        byte[] png = png();
        Reply upload = desk.send("/v2/uploads", new Form().file("file", "a.exe", png));
        assertThat(upload.status()).as(upload.toString()).isEqualTo(201);
        assertThat(upload.at("kind")).isEqualTo("image");
        assertThat(upload.at("contentType")).isEqualTo("image/png");
        assertThat(upload.json().path("byteSize").asInt()).isEqualTo(png.length);
        assertThat(Instant.parse(upload.at("expiresAt")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofHours(2)));
        assertThat(desk.caller().bare().get(upload.at("url")).bytes()).isEqualTo(png);
        Reply clip = desk.run(
                "/v2/videos/generate",
                "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1,\"image_url\":\"" + upload.at("url")
                        + "\"}");
        assertThat(clip.at("status")).isEqualTo("COMPLETED");
        Reply asset = desk.post("/v2/assets/create", "{\"url\":\"" + upload.at("url") + "\",\"type\":\"image\"}");
        assertThat(asset.status()).as(asset.toString()).isEqualTo(201);
        Reply shown = desk.get("/v2/assets/" + asset.at("assetId"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.at("type")).isEqualTo("image");
        Reply film = desk.run(
                "/v2/videos/generate",
                "{\"model\":\"seedance-2\",\"prompt\":\"a\",\"seedanceParams\":{\"duration\":4,\"start_image\":\"asset://"
                        + asset.at("assetId") + "\"},\"sandbox\":{\"draft\":true}}");
        assertThat(film.at("status")).as(film.toString()).isEqualTo("COMPLETED");
        assertThat(film.at("model")).isEqualTo("seedance-2");
    }

    static byte[] png() {
        Reply job = desk.run("/v2/images/generate", SMALL);
        return desk.caller()
                .bare()
                .get(job.json().path("result").path("images").path(0).asString())
                .bytes();
    }

    @Test
    void a_lora_is_trained_listed_and_archived() {
        byte[] png = png();
        Form form = new Form()
                .field("name", "Ann")
                .field("subjectKind", "person")
                .field("gender", "female")
                .field("ethnicity", "any")
                .field("steps", "600");
        for (int i = 0; i < 15; i++) {
            form.file("images", i + ".png", png);
        }
        int before = credits(desk);
        Reply created = desk.send("/v2/loras", form);
        assertThat(created.status()).as(created.toString()).isEqualTo(202);
        assertThat(created.json().path("imageCount").asInt()).isEqualTo(15);
        String id = created.at("id");
        dev.millrace.testkit.Await.until(
                "it is ready", () -> desk.get("/v2/loras/" + id).at("status").equals("READY"));
        Reply lora = desk.get("/v2/loras/" + id);
        assertThat(lora.at("name")).isEqualTo("Ann");
        assertThat(lora.json().path("steps").asInt()).isEqualTo(600);
        assertThat(lora.json().path("loraRank").asInt()).isEqualTo(32);
        assertThat(lora.json().path("isReady").asBoolean()).isTrue();
        assertThat(lora.json().path("hasWeights").asBoolean()).isTrue();
        assertThat(credits(desk)).isLessThanOrEqualTo(before - 2);
        assertThat(ids(desk.get("/v2/loras").json().path("items"))).containsExactly(id);
        String use = "{\"model\":\"flux-lora\",\"prompt\":\"a\",\"fluxLoraParams\":{\"loraId\":\"" + id
                + "\",\"num_outputs\":2},\"sandbox\":{\"draft\":true}}";
        Reply used = desk.run("/v2/images/generate", use);
        assertThat(used.json().path("result").path("images").size()).isEqualTo(2);
        NewKey strangerKey = gateway.customer("1");
        String elsewhere = "{\"model\":\"flux-lora\",\"prompt\":\"a\",\"async\":true,\"settings\":{\"loraId\":\"" + id
                + "\"},\"sandbox\":{\"draft\":true}}";
        Reply strange = gateway.caller(strangerKey).post("/api/v1/generations", elsewhere);
        assertThat(strange.status()).as(strange.toString()).isEqualTo(400);
        assertThat(strange.text()).contains("loraId: is no LoRA of yours");
        assertThat(gateway.caller(key).post("/api/v1/generations", elsewhere).status())
                .as("its own, in another dialect")
                .isEqualTo(202);
        Desk stranger = Desk.of(gateway, strangerKey);
        assertThat(stranger.post("/v2/images/generate", use)
                        .json()
                        .path("details")
                        .has("fluxLoraParams.loraId"))
                .as("another team's")
                .isTrue();
        assertThat(desk.delete("/v2/loras/" + id).status()).isEqualTo(204);
        assertThat(desk.delete("/v2/loras/" + id).status()).as("a repeat").isEqualTo(204);
        assertThat(desk.get("/v2/loras/" + id).at("status")).isEqualTo("ARCHIVED");
        assertThat(ids(desk.get("/v2/loras").json().path("items"))).isEmpty();
        assertThat(ids(desk.get("/v2/loras?includeArchived=true").json().path("items")))
                .containsExactly(id);
    }

    @Test
    void the_key_opens_every_route_as_a_bearer_too() {
        Desk bearer = desk.as(new Caller(gateway.url()).with("Authorization", "Bearer " + key.full()));
        assertThat(bearer.get("/v2/me").status()).isEqualTo(200);
    }
}
