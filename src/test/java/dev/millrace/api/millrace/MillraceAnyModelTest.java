package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.WebhookSink;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Models of every family are reached with the names that all of them share, beside {@code model} or in {@code settings}. */
class MillraceAnyModelTest {
    private static final String GENERATE = "/api/v1/generations";
    private static final String KLING = "kling-video/v2.5-turbo/pro/text-to-video";
    private static final String SOUL = "higgsfield-ai/soul/standard";
    private static Gateway gateway;
    private static Caller client;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("egress.allow", "127.0.0.0/8"));
        client = gateway.caller(gateway.customer("50"));
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            Await.until("everything has ended", () -> gateway.openHolds() == 0);
            closed.check();
        }
    }

    @Test
    void shared_names_are_written_into_the_models_own() {
        String[][] wishes = {
            {SOUL, "\"prompt\":\"a\",\"count\":2", "0.188"},
            {SOUL, "\"prompt\":\"a\",\"n\":2,\"size\":\"1024x768\"", "0.188"},
            {SOUL, "\"settings\":{\"prompt\":\"a\",\"n\":2}", "0.188"},
            {KLING, "\"prompt\":\"a\",\"seconds\":\"5\"", "0.35"},
            {KLING, "\"prompt\":\"a\",\"settings\":{\"seconds\":10}", "0.7"},
            {"sandbox/image", "\"prompt\":\"a\",\"num_images\":3,\"settings\":{\"size\":\"64x64\"}", "0.03"},
            {"sandbox/music", "\"prompt\":\"a\",\"seconds\":\"5s\"", "0.05"},
        };
        for (String[] wish : wishes) {
            String json = "{\"model\":\"" + wish[0] + "\"," + wish[1] + "}";
            Reply quote = client.post("/api/v1/quotes", json);
            assertThat(quote.status()).as(json + quote).isEqualTo(201);
            assertThat(Double.parseDouble(quote.at("max_charge_usd")))
                    .as(json + quote)
                    .isEqualTo(Double.parseDouble(wish[2]));
            Reply made = client.post(GENERATE, json);
            assertThat(made.status()).as(json + made).isIn(200, 202);
            assertThat(Double.parseDouble(ended(made).path("charge_usd").asString()))
                    .as(json)
                    .isEqualTo(Double.parseDouble(wish[2]));
        }
    }

    @Test
    void what_can_not_be_said_to_a_model_is_refused_by_the_callers_name() {
        String[][] wishes = {
            {KLING, "\"prompt\":\"a\",\"lyrics\":\"la\"", "lyrics"},
            {KLING, "\"prompt\":\"a\",\"seconds\":7", "seconds"},
            {"sandbox/music", "\"prompt\":\"a\",\"image_url\":\"https://example.com/a.png\"", "image_url"},
            {"sandbox/image", "\"prompt\":\"a\",\"count\":99", "count"},
            {"sandbox/image", "\"prompt\":\"a\",\"count\":2,\"n\":3", "n"},
            {"sandbox/image", "\"prompt\":\"a\",\"n\":2,\"settings\":{\"n\":3}", "n"},
            {"sandbox/image", "\"prompt\":\"a\",\"num_imges\":2", "num_imges"},
        };
        for (String[] wish : wishes) {
            Reply refused = client.post(GENERATE, "{\"model\":\"" + wish[0] + "\"," + wish[1] + "}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.json().path("errors").path(0).path("field").asString())
                    .as(refused.toString())
                    .isEqualTo(wish[2]);
        }
        Reply takes = client.post(GENERATE, "{\"model\":\"" + KLING + "\",\"prompt\":\"a\",\"lyrics\":\"la\"}");
        assertThat(takes.at("detail")).contains("it takes").contains("duration");
    }

    @Test
    void an_image_comes_inline_where_that_is_asked_and_is_stored_all_the_same() {
        String image =
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"settings\":{\"size\":\"64x64\",\"delivery\":\"%s\"}}";
        Reply stored = client.post(GENERATE, image.formatted("storage"));
        assertThat(stored.json().path("output_urls").path(0).asString()).startsWith(gateway.url() + "/assets/");
        Reply inline = client.post(GENERATE, image.formatted("inline"));
        String url = inline.json().path("output_urls").path(0).asString();
        assertThat(url).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        assertThat(client.get(inline.json().path("outputs").path(0).path("url").asString())
                        .bytes())
                .isEqualTo(bytes);
        assertThat(client.post(GENERATE, image.formatted("fax")).status()).isEqualTo(400);
    }

    @Test
    void a_callback_is_sent_the_job_once_it_has_ended() {
        try (WebhookSink sink = WebhookSink.start()) {
            Reply accepted = client.post(
                    "/api/v1/videos/generations",
                    "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1,\"callback_url\":\"" + sink.url()
                            + "\"}");
            assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
            Recorded told = sink.await(1);
            JsonNode body = dev.millrace.json.Json.readOwn(told.text());
            assertThat(body.path("id").asString()).isEqualTo(accepted.at("id"));
            assertThat(body.path("status").asString()).isEqualTo("completed");
            String job = "/api/v1/jobs/" + accepted.at("id");
            Await.until(
                    "it is delivered",
                    () -> client.get(job).at("webhook_status").equals("delivered"));
        }
        Reply refused = client.post(
                GENERATE,
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"callback_url\":\"http://169.254.169.254/\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").path(0).path("field").asString())
                .isEqualTo("callback_url");
    }

    @Test
    void outputs_are_kept_as_long_as_the_request_says() {
        Reply kept = client.post(
                GENERATE,
                "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\",\"retention_seconds\":3600}");
        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
        java.time.Instant ends = java.time.Instant.parse(kept.at("expires_at"));
        assertThat(ends)
                .isEqualTo(java.time.Instant.parse(kept.at("finished_at")).plusSeconds(3600));
        for (String wrong : new String[] {"0", "3599", "7776001", "\"1h\"", "1e400"}) {
            Reply refused = client.post(
                    GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"retention_seconds\":" + wrong + "}");
            assertThat(refused.status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void a_model_has_everything_that_its_page_shows_and_the_price_list_has_them_all() {
        JsonNode page = client.bare().get("/api/v1/models/sandbox/video").json();
        assertThat(page.path("typical_seconds").asLong(0)).isPositive();
        JsonNode duration = parameter(page, "duration");
        assertThat(duration.path("type").asString()).isEqualTo("integer");
        assertThat(duration.path("maximum").asInt(0)).isEqualTo(10);
        assertThat(duration.path("role").asString()).isEqualTo("duration");
        assertThat(parameter(page, "prompt").path("required").asBoolean(false)).isTrue();
        assertThat(page.path("pricing").path("video_second").asString()).isEqualTo("0.02");
        int models = client.bare()
                .get("/api/v1/models/count")
                .json()
                .path("data")
                .path("count")
                .asInt();
        JsonNode prices = client.bare().get("/api/v1/prices").json().path("data");
        assertThat(prices.size()).isEqualTo(models);
        for (JsonNode price : prices) {
            assertThat(price.path("rates").size()).as(price.toString()).isPositive();
            assertThat(price.path("source").asString()).isNotEmpty();
            assertThat(price.path("date").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
        }
    }

    @Test
    void jobs_are_found_by_state_modality_model_and_time() {
        Caller fresh = gateway.caller(gateway.customer("5"));
        Reply made = fresh.post(GENERATE, "{\"model\":\"sandbox/image\",\"prompt\":\"a\",\"size\":\"64x64\"}");
        String at = made.at("created_at");
        assertThat(count(fresh, "state=completed&modality=image&model=sandbox/image&since=" + at))
                .isEqualTo(1);
        assertThat(count(fresh, "since=2026-01-01")).isEqualTo(1);
        assertThat(count(fresh, "since=2199-01-01")).isZero();
        assertThat(count(fresh, "state=failed")).isZero();
        for (String wrong : new String[] {"yesterday", "999999999-01-01", "2026-13-01", "", "2026-01-01T00:00:00"}) {
            assertThat(fresh.get("/api/v1/jobs?since=" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private static int count(Caller caller, String query) {
        return caller.get("/api/v1/jobs?" + query).json().path("data").size();
    }

    private static JsonNode parameter(JsonNode page, String name) {
        for (JsonNode one : page.path("parameters")) {
            if (one.path("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name + " is not among the parameters");
    }

    private static JsonNode ended(Reply accepted) {
        String job = "/api/v1/jobs/" + accepted.at("id");
        Await.until(
                "the job ends: " + accepted,
                () -> Set.of("completed", "failed", "nsfw")
                        .contains(client.get(job).at("status")));
        return client.get(job).json();
    }
}
