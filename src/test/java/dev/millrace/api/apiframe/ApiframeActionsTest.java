package dev.millrace.api.apiframe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Caller.Reply;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is done with finished Midjourney and Suno jobs: on the right kind of parent only, and nothing is charged otherwise. */
class ApiframeActionsTest {
    private static final String IMAGES = "/v2/images/midjourney/action";
    private static final String TRACKS = "/v2/music/suno/action";
    private static final String DRAFT = "\"sandbox\":{\"draft\":true}";
    private static Gateway gateway;
    private static Desk desk;
    private static Reply grid;
    private static Reply song;

    @BeforeAll
    static void start() {
        gateway = Gateway.start();
        NewKey key = gateway.customer("50");
        desk = Desk.of(gateway, key);
        grid = desk.run(
                "/v2/images/generate",
                "{\"model\":\"midjourney\",\"prompt\":\"a lighthouse\",\"midjourneyParams\":{\"aspect_ratio\":\"1:1\"},"
                        + DRAFT + "}");
        song = desk.run("/v2/music/generate", "{\"model\":\"suno\",\"prompt\":\"a shanty\"}");
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            assertThat(gateway.openHolds()).isZero();
            closed.check();
        }
    }

    @Test
    void a_grid_has_four_images_and_one_of_all() {
        JsonNode result = grid.json().path("result");
        assertThat(grid.at("model")).isEqualTo("midjourney");
        assertThat(result.path("images").size()).isEqualTo(4);
        assertThat(result.path("gridUrl").asString("")).startsWith(gateway.url());
        assertThat(grid.json().path("creditCost").asInt()).isEqualTo(16);
    }

    @Test
    void one_image_is_upsampled_and_acted_on_again() {
        Reply single = run(IMAGES, grid, "\"action\":\"upsample\",\"index\":2");
        assertThat(single.at("model")).isEqualTo("midjourney");
        assertThat(single.json().path("result").path("images").size()).isEqualTo(1);
        assertThat(single.json().path("result").has("gridUrl")).isFalse();
        assertThat(single.json().path("creditCost").asInt()).isEqualTo(4);
        String mask = Base64.getEncoder().encodeToString(picture(single));
        for (String action : new String[] {
            "\"action\":\"outpaint\",\"zoomRatio\":1.5",
            "\"action\":\"pan\",\"direction\":\"left\"",
            "\"action\":\"inpaint\",\"prompt\":\"a boat\",\"mask\":\"" + mask + "\""
        }) {
            Reply again = run(IMAGES, single, action);
            assertThat(again.json().path("result").path("images").size())
                    .as(action)
                    .isEqualTo(4);
            assertThat(again.json().path("result").path("gridUrl").asString("")).isNotEmpty();
            assertThat(again.json().path("creditCost").asInt()).isEqualTo(16);
        }
        Reply varied = run(IMAGES, grid, "\"action\":\"variation\",\"index\":4");
        assertThat(run(IMAGES, varied, "\"action\":\"upsample\",\"index\":1").at("status"))
                .isEqualTo("COMPLETED");
        assertThat(desk.get("/v2/jobs?model=midjourney").json().path("jobs").size())
                .isGreaterThanOrEqualTo(6);
    }

    private static byte[] picture(Reply job) {
        return desk.caller()
                .bare()
                .get(job.json().path("result").path("images").path(0).asString())
                .bytes();
    }

    @Test
    void the_wrong_kind_of_parent_is_refused() {
        Reply single = run(IMAGES, grid, "\"action\":\"upsample\",\"index\":1");
        for (String action :
                new String[] {"\"action\":\"upsample\",\"index\":1", "\"action\":\"variation\",\"index\":1"}) {
            refused(act(IMAGES, single.at("id"), action), 400, "parentJobId");
        }
        refused(act(IMAGES, grid.at("id"), "\"action\":\"pan\",\"direction\":\"up\""), 400, "parentJobId");
        refused(act(IMAGES, song.at("id"), "\"action\":\"upsample\",\"index\":1"), 400, "parentJobId");
        refused(act(TRACKS, grid.at("id"), "\"action\":\"cover\",\"index\":1"), 400, "parentJobId");
        Reply stems = run(TRACKS, song, "\"action\":\"stems\",\"index\":1");
        refused(act(TRACKS, stems.at("id"), "\"action\":\"cover\",\"index\":1"), 400, "parentJobId");
    }

    @Test
    void a_parent_that_is_not_there_or_not_ready_is_refused() {
        String absent = "01890000-0000-7000-8000-000000000000";
        String action = "\"action\":\"upsample\",\"index\":1";
        Desk stranger = Desk.of(gateway, gateway.customer("1"));
        String foreign = "{\"parentJobId\":\"" + grid.at("id") + "\"," + action + "}";
        assertThat(stranger.post(IMAGES, foreign).status()).isEqualTo(404);
        assertThat(stranger.post(IMAGES, foreign).text())
                .isEqualTo(act(IMAGES, absent, action).text());
        Reply running = desk.post(
                "/v2/images/generate",
                "{\"model\":\"midjourney\",\"prompt\":\"a\",\"sandbox\":{\"latency_ms\":400,\"draft\":true}}");
        assertThat(act(IMAGES, running.at("jobId"), action).status()).isEqualTo(409);
        desk.ended(running.at("jobId"));
        Reply failed = desk.run(
                "/v2/images/generate", "{\"model\":\"midjourney\",\"prompt\":\"a\",\"sandbox\":{\"nsfw\":true}}");
        assertThat(act(IMAGES, failed.at("id"), action).status()).isEqualTo(409);
    }

    @Test
    void a_track_is_chosen_by_index_or_by_id() {
        JsonNode tracks = song.json().path("result").path("tracks");
        assertThat(tracks.size()).isEqualTo(2);
        String second = tracks.path(1).path("id").asString();
        Reply longer = run(TRACKS, song, "\"action\":\"extend\",\"trackId\":\"" + second + "\",\"continueAt\":1.5");
        assertThat(longer.at("model")).isEqualTo("suno");
        assertThat(longer.json().path("creditCost").asInt()).isEqualTo(11);
        assertThat(longer.json().path("result").path("tracks").size()).isEqualTo(2);
        run(TRACKS, song, "\"action\":\"cover\",\"index\":1,\"audio_weight\":0.5,\"style\":\"jazz\"");
        run(TRACKS, song, "\"action\":\"add_vocals\",\"index\":2,\"prompt\":\"la la\",\"title\":\"La\"");
        refused(act(TRACKS, song.at("id"), "\"action\":\"stems\""), 400, "index");
        refused(act(TRACKS, song.at("id"), "\"action\":\"stems\",\"index\":1,\"trackId\":\"x\""), 400, "index");
        refused(act(TRACKS, song.at("id"), "\"action\":\"stems\",\"trackId\":\"x\""), 400, "trackId");
        refused(act(TRACKS, song.at("id"), "\"action\":\"stems\",\"index\":3"), 400, "index");
        refused(act(TRACKS, song.at("id"), "\"action\":\"add_vocals\",\"index\":1"), 400, "prompt");
        refused(act(TRACKS, song.at("id"), "\"action\":\"extend\",\"index\":1,\"continueAt\":0"), 400, "continueAt");
        refused(act(TRACKS, song.at("id"), "\"action\":\"extend\",\"index\":1,\"continueAt\":500"), 400, "continueAt");
    }

    @Test
    void bodies_are_strict() {
        String id = grid.at("id");
        refused(act(IMAGES, id, "\"index\":1"), 400, "action");
        refused(act(IMAGES, id, "\"action\":\"reroll\""), 400, "action");
        refused(act(IMAGES, id, "\"action\":\"upsample\""), 400, "index");
        refused(act(IMAGES, id, "\"action\":\"upsample\",\"index\":5"), 400, "index");
        refused(act(IMAGES, id, "\"action\":\"upsample\",\"index\":\"1\""), 400, "index");
        refused(act(IMAGES, id, "\"action\":\"upsample\",\"index\":1,\"direction\":\"up\""), 400, "direction");
        refused(act(IMAGES, id, "\"action\":\"inpaint\",\"mask\":\"%%%\""), 400, "mask");
        refused(act(IMAGES, id, "\"action\":\"inpaint\",\"mask\":\"aGVsbG8=\""), 400, "mask");
        refused(act(IMAGES, id, "\"action\":\"outpaint\",\"zoomRatio\":3"), 400, "zoomRatio");
        refused(act(IMAGES, "x", "\"action\":\"upsample\",\"index\":1"), 400, "parentJobId");
    }

    private static Reply act(String path, String parent, String members) {
        int before = credits();
        Reply reply = desk.post(path, "{\"parentJobId\":\"" + parent + "\"," + members + "}");
        if (reply.status() != 202) {
            assertThat(credits()).isEqualTo(before);
        }
        return reply;
    }

    private static int credits() {
        return desk.get("/v2/me").json().path("team").path("credits").asInt();
    }

    private static Reply run(String path, Reply parent, String members) {
        Reply accepted = act(path, parent.at("id"), members + "," + DRAFT);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        Reply ended = desk.ended(accepted.at("jobId"));
        assertThat(ended.at("status")).as(ended.toString()).isEqualTo("COMPLETED");
        return ended;
    }

    private static void refused(Reply reply, int status, String field) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().path("details").has(field)).as(reply.toString()).isTrue();
    }
}
