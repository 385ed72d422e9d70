package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileResponseTest {
    private static final String TEXT = "0123456789".repeat(30_000);

    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), TEXT);
        Path empty = Files.writeString(folder.resolve("b"), "");
        door = new Door(routes -> routes.group(Door.errors("a"))
                .get(
                        "/a",
                        request -> Response.file(file, TEXT.length(), "image/png", "tag", request)
                                .header("Content-Disposition", "inline; filename=\"a.png\""))
                .get("/b", request -> Response.file(empty, 0, "image/png", "tag", request)));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void a_file_is_sent_whole() throws IOException {
        var reply = door.get("/a");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(TEXT);
        assertThat(reply.header("Content-Type")).isEqualTo("image/png");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.header("ETag")).isEqualTo("\"tag\"");
        assertThat(door.get("/b").body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, 0-0",
        "bytes=10-19, 206, 10-19",
        "bytes=299990-, 206, 299990-299999",
        "bytes=-5, 206, 299995-299999",
        "bytes=-900000, 206, 0-299999",
        "bytes=5-900000, 206, 5-299999",
        "bytes=300000-, 416, *",
        "bytes=-0, 416, *",
        "bytes=9-5, 200, ''",
        "bytes=a-b, 200, ''",
        "bytes=-, 200, ''",
        "'bytes=0-1,3-4', 200, ''",
        "lines=0-1, 200, ''",
        "bytes=0-99999999999999999999, 200, ''"
    })
    void a_range_is_sent_alone(String range, int status, String part) throws IOException {
        var reply = door.ask("GET /a HTTP/1.1\r\nHost: a\r\nRange: " + range + "\r\n\r\n");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Range")).isEqualTo(part.isEmpty() ? "" : "bytes " + part + "/300000");
        if (status == 206) {
            int dash = part.indexOf('-');
            assertThat(reply.body())
                    .isEqualTo(TEXT.substring(
                            Integer.parseInt(part.substring(0, dash)), Integer.parseInt(part.substring(dash + 1)) + 1));
        }
    }

    @Test
    void a_range_of_another_version_is_not_sent() throws IOException {
        String range = "GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\nIf-Range: ";
        assertThat(door.ask(range + "\"tag\"\r\n\r\n").body()).isEqualTo("01");
        assertThat(door.ask(range + "\"old\"\r\n\r\n").body()).isEqualTo(TEXT);
    }

    @Test
    void a_known_version_is_not_sent_again() throws IOException {
        String ask = "GET /a HTTP/1.1\r\nHost: a\r\nIf-None-Match: ";
        assertThat(door.ask(ask + "\"x\", \"tag\"\r\n\r\n").status()).isEqualTo(304);
        assertThat(door.ask(ask + "\"x\"\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void head_says_what_get_would() throws IOException {
        try (RawClient client = door.client()) {
            String head = client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n").head();
            assertThat(RawClient.header(head, "Content-Length")).isEqualTo("300000");
            assertThat(client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
                    .isEqualTo(200);
        }
    }
}
