package dev.millrace.api.higgsfield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.WebhookSink;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The first API: job sets, the lists, and its webhooks, with both kinds of credentials. */
class HiggsfieldV1Test {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "nsfw", "canceled");
    private static final String FOUR =
            "{\"params\":{\"prompt\":\"a lighthouse\",\"width_and_height\":\"960x1696\",\"batch_size\":4,\"seed\":7}}";
    private static Gateway gateway;
    private static NewKey key;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("egress.allow", "127.0.0.0/8"));
        key = gateway.customer("50");
        client = new Caller(gateway.url()).with("hf-api-key", key.id().text()).with("hf-secret", key.secret());
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void a_job_set_has_an_entry_for_each_picture_from_its_start_to_its_end() {
        Reply submitted = client.post("/v1/text2image/soul", FOUR);
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(200);
        JsonNode set = submitted.json();
        assertThat(set.propertyNames()).containsExactly("id", "type", "created_at", "jobs", "input_params");
        UUID.fromString(submitted.at("id"));
        Instant.parse(submitted.at("created_at"));
        assertThat(submitted.at("type")).isEqualTo("text2image_soul");
        assertThat(set.path("input_params").path("prompt").asString("")).isEqualTo("a lighthouse");
        Set<String> ids = new HashSet<>();
        for (JsonNode entry : set.path("jobs")) {
            assertThat(entry.propertyNames()).containsExactly("id", "job_set_type", "status", "results");
            ids.add(UUID.fromString(entry.path("id").asString()).toString());
            assertThat(entry.path("status").asString()).isEqualTo("queued");
            assertThat(entry.path("results").isNull()).isTrue();
        }
        assertThat(ids).hasSize(4);
        JsonNode ended = ended(submitted.at("id"));
        Set<String> files = new HashSet<>();
        for (JsonNode entry : ended.path("jobs")) {
            assertThat(ids).contains(entry.path("id").asString());
            assertThat(entry.path("status").asString()).isEqualTo("completed");
            JsonNode raw = entry.path("results").path("raw");
            assertThat(raw.path("type").asString()).isEqualTo("image");
            assertThat(entry.path("results").path("min").path("url").asString()).startsWith(gateway.url());
            Reply file = client.bare().get(raw.path("url").asString());
            assertThat(file.header("Content-Type")).isEqualTo("image/png");
            files.add(raw.path("url").asString());
        }
        assertThat(files).hasSize(4);
    }

    @Test
    void the_same_path_takes_both_forms_and_answers_in_the_form_of_the_request() {
        String flat = "{\"prompt\":\"a\",\"input_images\":[{\"type\":\"image_url\",\"image_url\":\"" + Studio.PICTURE
                + "\"}],\"model\":\"dop-lite\"}";
        Reply v2 = client.post("/v1/image2video/dop", flat);
        assertThat(v2.json().propertyNames()).containsExactly("status", "request_id", "status_url", "cancel_url");
        Reply v1 = client.post("/v1/image2video/dop", "{\"params\":" + flat + "}");
        assertThat(v1.at("type")).isEqualTo("image2video_dop");
        assertThat(v1.json().path("jobs").size()).isEqualTo(1);
        JsonNode entry = ended(v1.at("id")).path("jobs").path(0);
        assertThat(entry.path("results").path("raw").path("type").asString("")).isEqualTo("video");
        assertThat(Studio.ended(client, v2.at("status_url")).at("status")).isEqualTo("completed");
        assertThat(client.get("/v1/job-sets/" + v2.at("request_id"))
                        .json()
                        .path("jobs")
                        .path(0)
                        .path("status")
                        .asString(""))
                .as("a request of the other form")
                .isEqualTo("completed");
        assertThat(client.get("/requests/" + v1.at("id") + "/status").at("status"))
                .isEqualTo("completed");
        for (String body : List.of(flat, "{\"params\":" + flat + "}")) {
            assertThat(client.post("/estimate/v1/image2video/dop", body).at("usd"))
                    .isEqualTo("0.125");
        }
    }

    @Test
    void every_model_can_be_asked_in_the_envelope() {
        Reply set = client.post("/sandbox/image", "{\"params\":{\"prompt\":\"a\",\"size\":\"64x64\",\"n\":2}}");
        assertThat(set.at("type")).isEqualTo("sandbox_image");
        assertThat(ended(set.at("id")).path("jobs").size()).isEqualTo(2);
    }

    @Test
    void all_entries_of_a_set_fail_or_are_refused_together() {
        for (String[] row : new String[][] {{"\"fail\":\"upstream_error\"", "failed"}, {"\"nsfw\":true", "nsfw"}}) {
            Reply set = client.post(
                    "/sandbox/image", "{\"params\":{\"prompt\":\"a\",\"n\":3,\"sandbox\":{" + row[0] + "}}}");
            JsonNode jobs = ended(set.at("id")).path("jobs");
            assertThat(jobs.size()).isEqualTo(3);
            jobs.forEach(entry -> {
                assertThat(entry.path("status").asString()).isEqualTo(row[1]);
                assertThat(entry.path("results").isNull()).isTrue();
            });
        }
    }

    @Test
    void the_headers_of_v2_work_in_the_envelope_too() {
        Caller once = client.with("Idempotency-Key", "v1").with("Hf-Expires-After", "3600");
        String json = "{\"params\":{\"prompt\":\"a\",\"size\":\"64x64\",\"n\":2}}";
        Reply first = once.post("/sandbox/image", json);
        Reply again = once.post("/sandbox/image", json);
        assertThat(again.at("id")).isEqualTo(first.at("id"));
        assertThat(again.json().path("jobs").size()).isEqualTo(2);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(once.post("/sandbox/image", "{\"prompt\":\"a\",\"size\":\"64x64\",\"n\":2}")
                        .status())
                .as("the other form is another body")
                .isEqualTo(422);
        ended(first.at("id"));
        Instant expires = Instant.parse(
                client.get("/requests/" + first.at("id") + "/status").at("expires_at"));
        assertThat(expires).isBefore(Instant.now().plusSeconds(3700));
    }

    @Test
    void a_webhook_of_v1_carries_its_secret_and_the_set() {
        try (WebhookSink sink = WebhookSink.start()) {
            Reply set = client.post("/sandbox/image", """
                    {"params":{"prompt":"a","size":"64x64","n":2},"webhook":{"url":"%s","secret":"a secret of mine"}}
                    """.formatted(sink.url()));
            assertThat(set.status()).as(set.toString()).isEqualTo(200);
            Recorded told = sink.await(1);
            assertThat(told.header("X-Webhook-Secret-Key")).isEqualTo("a secret of mine");
            JsonNode body = Json.readOwn(told.text());
            assertThat(body.path("id").asString("")).isEqualTo(set.at("id"));
            assertThat(body.path("jobs").size()).isEqualTo(2);
            assertThat(body.path("jobs")
                            .path(1)
                            .path("results")
                            .path("raw")
                            .path("url")
                            .asString(""))
                    .startsWith(gateway.url());
            assertThat(body.path("request_id").asString("")).isEqualTo(set.at("id"));
            assertThat(body.path("status").asString("")).isEqualTo("completed");
            assertThat(body.path("payload").path("images").size()).isEqualTo(2);
        }
    }

    @Test
    void motions_and_styles_are_arrays_of_the_documented_shape() {
        JsonNode motions = client.get("/v1/motions").json();
        assertThat(motions.isArray()).isTrue();
        assertThat(motions.size()).isGreaterThan(30);
        for (JsonNode motion : motions) {
            UUID.fromString(motion.path("id").asString());
            assertThat(motion.path("name").asString("")).isNotBlank();
            assertThat(motion.path("description").asString("")).isNotBlank();
            assertThat(motion.path("start_end_frame").isBoolean()).isTrue();
        }
        JsonNode styles = client.get("/v1/text2image/soul-styles").json();
        assertThat(styles.size()).isGreaterThan(30);
        for (JsonNode style : styles) {
            UUID.fromString(style.path("id").asString());
            assertThat(style.propertyNames()).containsExactly("id", "name", "description", "preview_url");
        }
        Reply preview = client.bare().get(styles.path(0).path("preview_url").asString());
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(client.bare()
                        .get("/previews/" + motions.path(0).path("id").asString() + ".gif")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void presets_of_models_are_listed_whole_or_by_pages() {
        JsonNode restyle =
                client.get("/models/higgsfield/genjutsu/restyle/v1.0/presets").json();
        assertThat(restyle.path("items").size()).isGreaterThan(10);
        assertThat(restyle.path("items").path(0).propertyNames())
                .containsExactly("id", "name", "description", "type", "preview_url");
        assertThat(client.get("/models/higgsfield/ai-influencer/options")
                        .json()
                        .path("items")
                        .size())
                .isGreaterThan(20);
        assertThat(client.get("/models/sandbox/image/presets").text()).isEqualTo("{\"items\":[]}");
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int total;
        int pages = 0;
        do {
            JsonNode page = client.get("/marketing-studio/image/presets?size=7&cursor=" + cursor)
                    .json();
            total = page.path("total").asInt();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.path("cursor").asString("");
            pages++;
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(total);
        assertThat(pages).isEqualTo(Math.ceilDiv(total, 7));
    }

    @Test
    void both_kinds_of_credentials_open_every_route() {
        Caller bearer = Studio.caller(gateway, key);
        for (Caller caller : List.of(client, bearer)) {
            for (String path : List.of(
                    "/v1/motions",
                    "/v1/text2image/soul-styles",
                    "/v1/custom-references/list",
                    "/marketing-studio/image/presets",
                    "/models/sandbox/image/presets")) {
                assertThat(caller.get(path).status()).as(path).isEqualTo(200);
            }
            String id = caller.post("/sandbox/image", "{\"params\":" + Studio.SMALL + "}")
                    .at("id");
            assertThat(caller.get("/v1/job-sets/" + id).status()).isEqualTo(200);
            ended(id);
        }
    }

    private static JsonNode ended(String id) {
        JsonNode[] last = new JsonNode[1];
        Await.until("the set ends", () -> {
            last[0] = client.get("/v1/job-sets/" + id).json();
            return TERMINAL.contains(last[0].path("jobs").path(0).path("status").asString(""));
        });
        return last[0];
    }
}
