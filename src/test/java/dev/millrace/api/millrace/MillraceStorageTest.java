package dev.millrace.api.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.NewKey;
import dev.millrace.app.Gateway;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.BadInputs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files of an organization: sent, shown by links that end, seen by nobody else, bounded, erased. */
class MillraceStorageTest {
    private static final String STORAGE = "/api/v1/storage";
    private static final int QUOTA = 100_000;
    private static Gateway gateway;
    private static Caller client;
    private static byte[] picture;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Map.of("assets.upload_quota_bytes", String.valueOf(QUOTA), "assets.max_upload_bytes", "60000"));
        client = fresh();
        Reply image = client.post(
                "/api/v1/generations", "{\"model\":\"sandbox/image\",\"prompt\":\"a boat\",\"size\":\"64x64\"}");
        picture = client.bare()
                .get(image.json().path("output_urls").path(0).asString())
                .bytes();
    }

    @AfterAll
    static void the_books_are_right() {
        try (Gateway closed = gateway) {
            Await.until("everything has ended", () -> gateway.openHolds() == 0);
            closed.check();
        }
    }

    @Test
    void a_file_is_sent_shown_read_used_and_erased() {
        Caller owner = fresh();
        Reply sent = owner.call("POST", STORAGE + "?name=my%20boat.png", picture);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(sent.header("Location")).isEqualTo(STORAGE + "/" + sent.at("id"));
        assertThat(sent.at("name")).isEqualTo("my_boat.png");
        assertThat(sent.at("kind")).isEqualTo("upload");
        assertThat(sent.at("content_type")).isEqualTo("image/png");
        String url = sent.at("url");
        assertThat(owner.bare().get(url).bytes()).isEqualTo(picture);
        assertThat(owner.bare()
                        .get(url.replaceAll("signature=.", url.contains("signature=_") ? "signature=a" : "signature=_"))
                        .status())
                .isEqualTo(404);
        Reply made = owner.post(
                "/api/v1/videos/generations",
                "{\"model\":\"sandbox/video\",\"prompt\":\"a\",\"duration\":1,\"image_url\":\"" + url + "\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        String file = STORAGE + "/" + sent.at("id");
        Await.until(
                "the film is there",
                () -> owner.get("/api/v1/jobs/" + made.at("id")).at("status").equals("completed"));
        assertThat(owner.get(file + "/content").bytes()).isEqualTo(picture);
        assertThat(owner.delete(file).text()).contains("\"deleted\":true");
        assertThat(owner.get(file).status()).isEqualTo(404);
        assertThat(owner.delete(file).status()).isEqualTo(404);
        assertThat(owner.bare().get(url).status()).isEqualTo(410);
        assertThat(owner.get(STORAGE + "/usage").json().path("uploaded_bytes").asLong(-1))
                .isZero();
    }

    @Test
    void a_form_with_a_file_is_taken_too_and_a_link_to_put_one_to() {
        Caller owner = fresh();
        Reply form = owner.with("Content-Type", "multipart/form-data; boundary=edge")
                .call("POST", STORAGE, form("harbour.png", picture));
        assertThat(form.status()).as(form.toString()).isEqualTo(201);
        assertThat(form.at("name")).isEqualTo("harbour.png");
        Reply ticket = owner.post(STORAGE + "/uploads", "{\"content_type\":\"image/png\"}");
        assertThat(ticket.status()).isEqualTo(201);
        Reply put = owner.bare().with("Content-Type", "image/png").call("PUT", ticket.at("upload_url"), picture);
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(owner.get(STORAGE + "/" + ticket.at("id") + "/content").bytes())
                .isEqualTo(picture);
    }

    @Test
    void the_list_has_uploads_and_outputs_newest_first_page_by_page() {
        Caller owner = fresh();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.addFirst(
                    owner.call("POST", STORAGE + "?name=" + i + ".png", picture).at("id"));
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = owner.get(STORAGE + "?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.json().path("data").forEach(one -> listed.add(one.path("id").asString()));
            cursor = page.at("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(listed).isEqualTo(sent);
        assertThat(client.get(STORAGE).json().path("data").path(0).path("kind").asString())
                .isEqualTo("output");
    }

    @Test
    void a_link_holds_as_long_as_was_asked_and_never_longer_than_the_file() {
        Caller owner = fresh();
        Reply sent = owner.call("POST", STORAGE + "?expires_in=60", picture);
        assertThat(sent.at("url_expires_at")).isLessThan(sent.at("expires_at"));
        Reply longer = owner.get(STORAGE + "/" + sent.at("id") + "?expires_in=7776000");
        assertThat(longer.at("url_expires_at")).isEqualTo(longer.at("expires_at"));
        for (String seconds : BadInputs.limits()) {
            assertThat(owner.get(STORAGE + "?expires_in=" + seconds).status())
                    .as(seconds)
                    .isEqualTo(400);
        }
    }

    @Test
    void another_organizations_file_is_none() {
        Reply sent = fresh().call("POST", STORAGE, picture);
        Caller stranger = fresh();
        for (String path : List.of("", "/content")) {
            assertThat(stranger.get(STORAGE + "/" + sent.at("id") + path).status())
                    .isEqualTo(404);
        }
        assertThat(stranger.delete(STORAGE + "/" + sent.at("id")).status()).isEqualTo(404);
        assertThat(stranger.get(STORAGE).json().path("data").size()).isZero();
        assertThat(stranger.get(STORAGE + "?cursor=" + sent.at("id"))
                        .json()
                        .path("data")
                        .size())
                .isZero();
        for (String id : BadInputs.ids()) {
            assertThat(stranger.get(STORAGE + "/" + id).status()).as(id).isEqualTo(404);
            assertThat(stranger.delete(STORAGE + "/" + id).status()).as(id).isEqualTo(404);
        }
    }

    @Test
    void a_hundred_at_once_never_pass_the_quota() throws Exception {
        Caller owner = fresh();
        byte[] large = Arrays.copyOf(picture, 20_000);
        List<Future<Reply>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> owner.call("POST", STORAGE, large)));
            }
        }
        int taken = 0;
        for (Future<Reply> one : all) {
            Reply reply = one.get();
            taken += reply.status() == 201 ? 1 : 0;
            assertThat(reply.status()).as(reply.toString()).isIn(201, 413);
            assertThat(reply.status() == 413 && reply.at("quota_bytes").isEmpty())
                    .isFalse();
        }
        assertThat(taken).isEqualTo(QUOTA / large.length);
        assertThat(owner.get(STORAGE + "/usage").json().path("uploaded_bytes").asLong(0))
                .isEqualTo(QUOTA);
    }

    @Test
    void a_repeat_under_one_key_is_one_file() {
        Caller owner = fresh();
        Caller once = owner.with("Idempotency-Key", "a picture");
        Reply first = once.call("POST", STORAGE, picture);
        Reply again = once.call("POST", STORAGE, picture);
        assertThat(again.at("id")).isEqualTo(first.at("id"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(owner.get(STORAGE).json().path("data").size()).isEqualTo(1);
    }

    @Test
    void what_is_no_picture_film_or_sound_is_not_kept() {
        Caller owner = fresh();
        String[][] bad = {
            {"<html><script>alert(1)</script></html>", "415"},
            {"<svg xmlns='http://www.w3.org/2000/svg'/>", "415"},
            {"", "400"},
            {"MZ\u0000", "415"},
        };
        for (String[] one : bad) {
            Reply reply = owner.with("Content-Type", "image/png").call("POST", STORAGE, one[0].getBytes(UTF_8));
            assertThat(reply.status()).as(one[0]).isEqualTo(Integer.parseInt(one[1]));
        }
        assertThat(owner.call("POST", STORAGE, new byte[70_000]).status()).isEqualTo(413);
        Reply noFile = owner.with("Content-Type", "multipart/form-data; boundary=edge")
                .call("POST", STORAGE, "--edge--\r\n".getBytes(UTF_8));
        assertThat(noFile.status()).as(noFile.toString()).isEqualTo(400);
        assertThat(owner.get(STORAGE).json().path("data").size()).isZero();
    }

    private static Caller fresh() {
        NewKey key = gateway.customer("5");
        return gateway.caller(key);
    }

    private static byte[] form(String name, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--edge--\r\n".getBytes(UTF_8));
        return body.toByteArray();
    }
}
