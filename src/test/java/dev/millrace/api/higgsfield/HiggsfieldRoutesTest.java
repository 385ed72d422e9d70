package dev.millrace.api.higgsfield;

import static dev.millrace.api.higgsfield.Studio.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every route does what the contract says, with both kinds of credentials. */
class HiggsfieldRoutesTest {
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        key = gateway.customer("50");
        client = Studio.caller(gateway, key);
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void a_submitted_request_is_answered_with_its_absolute_urls() {
        Reply reply = client.post("/sandbox/image", SMALL);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("status")).isEqualTo("queued");
        String id = UUID.fromString(reply.at("request_id")).toString();
        assertThat(reply.at("status_url")).isEqualTo(gateway.url() + "/requests/" + id + "/status");
        assertThat(reply.at("cancel_url")).isEqualTo(gateway.url() + "/requests/" + id + "/cancel");
        assertThat(reply.json().propertyNames()).containsExactly("status", "request_id", "status_url", "cancel_url");
        assertThat(reply.header("X-Correlation-ID")).isNotEmpty();
        Studio.ended(client, reply.at("status_url"));
    }

    @Test
    void urls_are_built_from_the_host_that_the_client_used() {
        Reply reply = new Caller(gateway.url().replace("127.0.0.1", "localhost"))
                .with("Authorization", "Key " + key.id().text() + ":" + key.secret())
                .post("/sandbox/image", SMALL);
        assertThat(reply.at("status_url")).startsWith("http://localhost:" + gateway.port() + "/requests/");
        Studio.ended(client, "/requests/" + reply.at("request_id") + "/status");
    }

    @Test
    void completed_images_are_listed_by_url_alone_and_can_be_fetched_without_credentials() {
        Reply ended = Studio.run(client, "sandbox/image", "{\"prompt\":\"a\",\"size\":\"64x64\",\"n\":2}");
        assertThat(ended.at("status")).isEqualTo("completed");
        assertThat(ended.json().path("error").isMissingNode()).isTrue();
        JsonNode images = ended.json().path("images");
        assertThat(images.size()).isEqualTo(2);
        for (JsonNode image : images) {
            assertThat(image.propertyNames()).containsExactly("url");
            Reply file = client.bare().get(image.path("url").asString());
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Content-Type")).isEqualTo("image/png");
            assertThat(new String(file.bytes(), 1, 3, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("PNG");
        }
        assertThat(Instant.parse(ended.at("expires_at"))).isAfter(Instant.now().plus(Duration.ofDays(6)));
        assertThat(client.get("/requests/" + ended.at("request_id") + "/status").text())
                .as("the status of an ended request never changes")
                .isEqualTo(ended.text());
    }

    @Test
    void video_and_audio_stand_under_their_own_names() {
        Reply video = Studio.run(client, "sandbox/video", "{\"prompt\":\"a\",\"duration\":1}");
        assertThat(video.json().path("video").path("url").asString("")).startsWith(gateway.url());
        assertThat(video.json().path("images").isMissingNode()).isTrue();
        Reply audio = Studio.run(client, "sandbox/music", "{\"prompt\":\"a\",\"duration\":5}");
        String url = audio.json().path("audio").path("url").asString("");
        assertThat(url).startsWith(gateway.url());
        assertThat(audio.json().path("audios").path(0).path("url").asString("")).isEqualTo(url);
    }

    @Test
    void both_kinds_of_credentials_open_every_route() {
        Caller pair =
                new Caller(gateway.url()).with("hf-api-key", key.id().text()).with("hf-secret", key.secret());
        for (Caller caller : List.of(client, pair)) {
            Reply submitted = caller.post("/sandbox/image", SMALL);
            String request = "/requests/" + submitted.at("request_id");
            Studio.ended(caller, request + "/status");
            assertThat(caller.get(request + "/status").status()).isEqualTo(200);
            assertThat(caller.post(request + "/cancel", "").status()).isEqualTo(400);
            assertThat(caller.delete(request).status()).isEqualTo(200);
            assertThat(caller.post("/estimate/sandbox/image", SMALL).status()).isEqualTo(200);
            assertThat(caller.get("/models").status()).isEqualTo(200);
            assertThat(caller.post("/files/generate-upload-url", "{\"content_type\":\"image/png\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_failed_request_says_why_and_costs_nothing() {
        String before = available();
        Reply failed =
                Studio.run(client, "sandbox/image", "{\"prompt\":\"a\",\"sandbox\":{\"fail\":\"upstream_error\"}}");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.at("status")).isEqualTo("failed");
        assertThat(failed.at("error")).isNotBlank();
        assertThat(failed.json().path("images").isMissingNode()).isTrue();
        Reply nsfw = Studio.run(client, "sandbox/image", "{\"prompt\":\"a\",\"sandbox\":{\"nsfw\":true}}");
        assertThat(nsfw.at("status")).isEqualTo("nsfw");
        assertThat(nsfw.json().path("error").isMissingNode()).isTrue();
        assertThat(nsfw.json().path("images").isMissingNode()).isTrue();
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void a_running_request_can_not_be_canceled_or_deleted_here() {
        Reply running = client.post("/sandbox/image", "{\"prompt\":\"a\",\"sandbox\":{\"never_finish\":true}}");
        String request = "/requests/" + running.at("request_id");
        dev.millrace.testkit.Await.until(
                "it runs", () -> client.get(request + "/status").at("status").equals("in_progress"));
        Reply cancel = client.post(request + "/cancel", "");
        assertThat(cancel.status()).isEqualTo(400);
        assertThat(cancel.at("detail")).contains("in_progress");
        assertThat(client.delete(request).status()).isEqualTo(409);
        Caller own = gateway.caller(key);
        assertThat(own.post("/api/v1/jobs/" + running.at("request_id") + "/cancel", "")
                        .status())
                .isEqualTo(200);
        Reply canceled = client.get(request + "/status");
        assertThat(canceled.at("status")).isEqualTo("canceled");
        assertThat(canceled.json().path("error").isMissingNode()).isTrue();
    }

    @Test
    void a_deleted_request_keeps_its_status_and_loses_its_files() {
        Reply ended = Studio.run(client, "sandbox/image", SMALL);
        String request = "/requests/" + ended.at("request_id");
        String file = ended.json().path("images").path(0).path("url").asString();
        Reply deleted = client.delete(request);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("request_id")).isEqualTo(ended.at("request_id"));
        Instant.parse(deleted.at("deleted_at"));
        assertThat(client.delete(request).text()).as("a repeat").isEqualTo(deleted.text());
        Reply after = client.get(request + "/status");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.at("status")).isEqualTo("completed");
        assertThat(after.json().path("images").isMissingNode()).isTrue();
        assertThat(client.get(file).status()).isEqualTo(410);
        assertThat(client.post(request + "/cancel", "").status()).isEqualTo(400);
    }

    @Test
    void an_estimate_is_in_decimal_texts_and_has_no_effect() {
        int jobs = gateway.jobs().size();
        String before = available();
        Reply one = client.post("/estimate/higgsfield-ai/soul/standard", "{\"prompt\":\"a\"}");
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.text())
                .isEqualTo("{\"type\":\"estimate\",\"credits\":\"1.504\",\"usd\":\"0.094\",\"discount\":null}");
        Reply four = client.post("/estimate/higgsfield-ai/soul/standard", "{\"prompt\":\"a\",\"num_images\":4}");
        assertThat(four.at("credits")).isEqualTo("6.016");
        assertThat(four.at("usd")).isEqualTo("0.376");
        Reply clip =
                client.post("/estimate/kling-video/v2.5-turbo/pro/text-to-video", "{\"prompt\":\"a\",\"duration\":10}");
        assertThat(clip.at("credits")).isEqualTo("11.200");
        assertThat(clip.at("usd")).isEqualTo("0.700");
        assertThat(gateway.jobs()).hasSize(jobs);
        assertThat(available()).isEqualTo(before);
    }

    @Test
    void the_list_of_models_can_be_narrowed() {
        JsonNode all = client.get("/models?limit=500").json().path("items");
        assertThat(slugs(all)).contains("higgsfield-ai/soul/standard", "suno").doesNotContain("sandbox/text");
        assertThat(all.path(0).path("input_schema").isMissingNode()).isTrue();
        assertThat(all.path(0).propertyNames())
                .contains("slug", "title", "description", "output_type", "operation_type");
        JsonNode withSchema = client.get("/models?include_schema=true").json().path("items");
        assertThat(withSchema.path(0).path("input_schema").path("type").asString(""))
                .isEqualTo("object");
        assertThat(slugs(client.get("/models?output_type=video").json().path("items")))
                .contains("sandbox/video")
                .doesNotContain("sandbox/image");
        assertThat(slugs(client.get("/models?operation_type=image2video").json().path("items")))
                .contains("higgsfield-ai/dop/standard")
                .doesNotContain("kling-video/v2.5-turbo/pro/text-to-video");
        assertThat(slugs(client.get("/models?search=Kling").json().path("items")))
                .contains("kling-video/v2.5-turbo/pro/text-to-video")
                .allMatch(slug -> slug.contains("kling"));
        assertThat(slugs(client.get("/models?limit=1&offset=1").json().path("items")))
                .containsExactly(all.path(1).path("slug").asString());
    }

    @Test
    void a_file_is_uploaded_without_credentials_and_used_as_an_input() {
        Reply ticket = client.post("/files/generate-upload-url", "{\"content_type\":\"image/png\"}");
        assertThat(ticket.json().path("upload_headers").path("Content-Type").asString(""))
                .isEqualTo("image/png");
        assertThat(ticket.json().path("upload_headers").path("x-amz-tagging").asString(""))
                .isEqualTo("retention=temporary");
        byte[] png = client.get(Studio.run(client, "sandbox/image", SMALL)
                        .json()
                        .path("images")
                        .path(0)
                        .path("url")
                        .asString())
                .bytes();
        Caller bare = client.bare().with("Content-Type", "image/png");
        assertThat(bare.call("PUT", ticket.at("upload_url"), png).status())
                .as("a PUT without x-amz-tagging")
                .isEqualTo(200);
        assertThat(bare.with("x-amz-tagging", "retention=temporary")
                        .call("PUT", ticket.at("upload_url"), png)
                        .status())
                .as("the same bytes again, with it")
                .isEqualTo(200);
        Reply file = client.bare().get(ticket.at("public_url"));
        assertThat(file.bytes()).isEqualTo(png);
        Reply clip = Studio.run(
                client,
                "higgsfield-ai/dop/standard",
                "{\"prompt\":\"a slow pan\",\"image_url\":\"" + ticket.at("public_url") + "\"}");
        assertThat(clip.at("status")).isEqualTo("completed");
        assertThat(client.bare()
                        .with("Content-Type", "image/jpeg")
                        .call("PUT", ticket.at("upload_url"), png)
                        .status())
                .as("another type than the ticket's")
                .isEqualTo(415);
        assertThat(bare.call("PUT", ticket.at("upload_url") + "x", png).status())
                .isEqualTo(403);
    }

    @Test
    void a_retention_can_be_shortened() {
        Reply submitted = client.with("Hf-Expires-After", "3600").post("/sandbox/image", SMALL);
        assertThat(submitted.json().path("expires_after").asLong(0)).isEqualTo(3600);
        Reply ended = Studio.ended(client, submitted.at("status_url"));
        assertThat(Instant.parse(ended.at("expires_at")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(58)),
                        Instant.now().plus(Duration.ofMinutes(61)));
        assertThat(client.with("Hf-Expires-After", "604800")
                        .post("/sandbox/image", SMALL)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_same_idempotency_key_is_the_same_request() {
        Caller once = client.with("Idempotency-Key", "a key");
        Reply first = once.post("/sandbox/image", SMALL);
        Reply again = once.post("/sandbox/image", "{ \"size\":\"64x64\", \"seed\":7, \"prompt\":\"a lighthouse\" }");
        assertThat(again.at("request_id")).isEqualTo(first.at("request_id"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        for (Reply other : List.of(
                once.post("/sandbox/image", "{\"prompt\":\"another\"}"),
                once.post("/sandbox/video", SMALL),
                once.with("Hf-Expires-After", "3600").post("/sandbox/image", SMALL))) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.at("detail")).contains("Idempotency-Key");
        }
        NewKey stranger = gateway.customer("1");
        Reply foreign = Studio.caller(gateway, stranger)
                .with("Idempotency-Key", "a key")
                .post("/sandbox/image", SMALL);
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(foreign.at("request_id")).isNotEqualTo(first.at("request_id"));
        Studio.ended(client, first.at("status_url"));
        assertThat(once.post("/sandbox/image", SMALL).at("request_id")).isEqualTo(first.at("request_id"));
        Studio.ended(Studio.caller(gateway, stranger), foreign.at("status_url"));
    }

    @Test
    void two_hundred_at_once_under_one_key_are_one_request() {
        int jobs = gateway.jobs().size();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        Caller once = client.with("Idempotency-Key", "at once");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                threads.submit(() -> ids.add(once.post("/sandbox/image", SMALL).at("request_id")));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(gateway.jobs()).hasSize(jobs + 1);
        Studio.ended(client, "/requests/" + ids.iterator().next() + "/status");
    }

    private static String available() {
        return gateway.caller(key).get("/api/v1/wallet").at("available_usd");
    }

    private static List<String> slugs(JsonNode items) {
        return items.valueStream().map(item -> item.path("slug").asString()).collect(Collectors.toList());
    }
}
