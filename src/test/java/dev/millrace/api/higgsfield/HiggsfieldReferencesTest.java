package dev.millrace.api.higgsfield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A Soul ID is learnt once, paid once, drawn by its id, and there until it is deleted. */
class HiggsfieldReferencesTest {
    private static final String PATH = "/v1/custom-references";
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
    void one_is_learnt_from_pictures_and_used_by_soul() {
        NewKey owner = gateway.customer("10");
        Caller mine = Studio.caller(gateway, owner);
        assertThat(mine.post("/estimate/soul-id", body("Ann")).at("usd")).isEqualTo("2.500");
        Reply created = mine.post(PATH, body("Ann"));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        assertThat(created.json().propertyNames()).containsExactly("id", "name", "status");
        assertThat(created.at("name")).isEqualTo("Ann");
        assertThat(created.at("status")).isIn("queued", "in_progress", "completed");
        String id = learnt(mine, created.at("id"));
        assertThat(gateway.caller(owner).get("/api/v1/wallet").at("available_usd"))
                .isEqualTo("7.50");
        String wish = "{\"prompt\":\"a portrait\",\"width_and_height\":\"960x1696\",\"custom_reference_id\":\"" + id
                + "\",\"custom_reference_strength\":0.8}";
        assertThat(mine.post("/estimate/v1/text2image/soul", wish).status()).isEqualTo(200);
        assertThat(Studio.run(mine, "v1/text2image/soul", wish).at("status")).isEqualTo("completed");
        Reply deleted = mine.delete(PATH + "/" + id);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(mine.get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(mine.delete(PATH + "/" + id).status()).isEqualTo(404);
        Reply gone = mine.post("/v1/text2image/soul", wish);
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.at("detail")).startsWith("custom_reference_id: ");
    }

    @Test
    void they_are_listed_by_pages_newest_first_and_only_to_their_owner() {
        NewKey owner = gateway.customer("20");
        Caller mine = Studio.caller(gateway, owner);
        List<String> made = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            made.addFirst(learnt(mine, mine.post(PATH, body(name)).at("id")));
        }
        Reply first = mine.get(PATH + "/list?page=1&page_size=2");
        assertThat(first.json().propertyNames()).containsExactly("total", "page", "page_size", "total_pages", "items");
        assertThat(first.json().path("total").asInt()).isEqualTo(3);
        assertThat(first.json().path("total_pages").asInt()).isEqualTo(2);
        List<String> listed = new ArrayList<>(ids(first));
        listed.addAll(ids(mine.get(PATH + "/list?page=2&page_size=2")));
        assertThat(listed).isEqualTo(made);
        assertThat(ids(mine.get(PATH + "/list?page=9&page_size=2"))).isEmpty();
        Caller stranger = Studio.caller(gateway, gateway.customer("5"));
        assertThat(ids(stranger.get(PATH + "/list"))).isEmpty();
        for (Reply foreign : List.of(
                stranger.get(PATH + "/" + made.getFirst()),
                stranger.delete(PATH + "/" + made.getFirst()),
                stranger.get(PATH + "/01890000-0000-7000-8000-000000000000"),
                stranger.get(PATH + "/x"))) {
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.text()).isEqualTo("{\"detail\":\"Reference not found\"}");
        }
        Reply used = stranger.post(
                "/v1/text2image/soul", "{\"prompt\":\"a\",\"custom_reference_id\":\"" + made.getFirst() + "\"}");
        assertThat(used.status()).isEqualTo(400);
        assertThat(used.at("detail")).startsWith("custom_reference_id: ");
    }

    @Test
    void one_that_can_not_be_learnt_fails_and_costs_nothing() {
        NewKey owner = gateway.customer("5");
        Caller mine = Studio.caller(gateway, owner);
        Reply created = mine.post(
                PATH, body("Bob").replace("{\"name\"", "{\"sandbox\":{\"fail\":\"upstream_error\"},\"name\""));
        String id = created.at("id");
        Await.until("it fails", () -> mine.get(PATH + "/" + id).at("status").equals("failed"));
        assertThat(gateway.caller(owner).get("/api/v1/wallet").at("available_usd"))
                .isEqualTo("5.00");
        Reply used = mine.post("/v1/text2image/soul", "{\"prompt\":\"a\",\"custom_reference_id\":\"" + id + "\"}");
        assertThat(used.at("detail")).contains("could not be learnt");
    }

    @Test
    void one_that_is_being_learnt_is_neither_used_nor_deleted() {
        Caller mine = Studio.caller(gateway, gateway.customer("5"));
        String id = mine.post(PATH, body("Cy").replace("{\"name\"", "{\"sandbox\":{\"never_finish\":true},\"name\""))
                .at("id");
        Reply used = mine.post("/v1/text2image/soul", "{\"prompt\":\"a\",\"custom_reference_id\":\"" + id + "\"}");
        assertThat(used.status()).isEqualTo(400);
        assertThat(used.at("detail")).contains("wait until it is completed");
        assertThat(mine.delete(PATH + "/" + id).status()).isEqualTo(409);
        cancel(mine, id);
        Await.until("it fails", () -> mine.get(PATH + "/" + id).at("status").equals("failed"));
        assertThat(mine.delete(PATH + "/" + id).status()).isEqualTo(200);
    }

    @Test
    void deleting_its_request_deletes_it() {
        String id = learnt(client, client.post(PATH, body("Di")).at("id"));
        assertThat(client.delete("/requests/" + id).status()).isEqualTo(200);
        assertThat(client.get(PATH + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void any_dialect_can_make_one() {
        Reply submitted = client.post("/soul-id", body("Eve"));
        String id = learnt(client, submitted.at("request_id"));
        assertThat(client.get(PATH + "/" + id).at("name")).isEqualTo("Eve");
    }

    @Test
    void a_repeat_under_its_key_makes_one() {
        Caller once = client.with("Idempotency-Key", "the same reference");
        String first = once.post(PATH, body("Fay")).at("id");
        assertThat(once.post(PATH, body("Fay")).at("id")).isEqualTo(first);
        assertThat(once.post(PATH, body("Another")).status()).isEqualTo(422);
        learnt(client, first);
    }

    @Test
    void its_name_lies_nowhere_in_clear() {
        String id = learnt(client, client.post(PATH, body("Quetzalcoatlus")).at("id"));
        byte[] stored = gateway.database()
                .read(tx -> tx.one("select name from personas where id = ?", row -> row.bytes("name"), id))
                .orElseThrow();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("Quetzal");
    }

    @Test
    void what_is_wrong_with_a_new_one_is_named() {
        String[][] wrong = {
            {"{}", ": 'name' is a required property"},
            {"{\"name\":\"a\"}", ": 'input_images' is a required property"},
            {
                "{\"name\":\"\",\"input_images\":[{\"image_url\":\"https://a.example/b\"}]}",
                "name: '' should be non-empty"
            },
            {"{\"name\":\"a\",\"input_images\":[]}", "input_images: [] should be non-empty"},
            {"{\"name\":\"a\",\"input_images\":[{}]}", "input_images.0: 'image_url' is a required property"},
            {
                "{\"name\":\"a\",\"input_images\":[{\"image_url\":5}]}",
                "input_images.0.image_url: 5 is not of type 'string'"
            },
        };
        for (String[] row : wrong) {
            Reply reply = client.post(PATH, row[0]);
            assertThat(reply.status()).as(row[0]).isEqualTo(400);
            assertThat(reply.at("detail")).contains(row[1]);
        }
        Reply inside = client.post(
                PATH, "{\"name\":\"a\",\"input_images\":[{\"image_url\":\"http://169.254.169.254/latest\"}]}");
        assertThat(inside.status()).isEqualTo(400);
        assertThat(inside.at("detail")).contains("input_images.0.image_url");
        Caller poor = Studio.caller(gateway, gateway.customer("1"));
        assertThat(poor.post(PATH, body("Gus")).at("detail")).isEqualTo("Insufficient credits");
        assertThat(poor.get(PATH + "/list").json().path("total").asInt()).isZero();
    }

    private static void cancel(Caller caller, String id) {
        Reply reply = caller.post("/api/v1/jobs/" + id + "/cancel", "");
        assertThat(reply.status()).as(reply.toString()).isLessThan(300);
    }

    private static String body(String name) {
        return "{\"name\":\"" + name + "\",\"input_images\":[{\"type\":\"image_url\",\"image_url\":\"" + Studio.PICTURE
                + "\"}]}";
    }

    private static String learnt(Caller caller, String id) {
        Await.until(
                "it is learnt", () -> caller.get(PATH + "/" + id).at("status").equals("completed"));
        return id;
    }

    private static List<String> ids(Reply page) {
        return page.json()
                .path("items")
                .valueStream()
                .map((JsonNode item) -> item.path("id").asString())
                .toList();
    }
}
