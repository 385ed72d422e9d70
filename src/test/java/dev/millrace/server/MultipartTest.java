package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultipartTest {
    private static final String FORM = "multipart/form-data; boundary=XyZ";
    private static final String FIELD = "--XyZ\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm1\r\n";
    private static final String FILE = "--XyZ\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n";

    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() {
        MultipartLimits limits = new MultipartLimits(4, 1_000, 100, 5_000, 500, folder);
        door = new Door(Door.SHORT, routes -> {
            routes.fallback(Door.errors("none"));
            routes.group(Door.errors("a")).post("/form", request -> {
                try (Multipart form = Multipart.read(request, limits)) {
                    return Response.text(
                            200, form.parts().stream().map(MultipartTest::told).collect(Collectors.joining("|")));
                }
            });
        });
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("files that were left").isEmpty();
        }
    }

    private static String told(Part part) {
        try (var in = part.open()) {
            String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return part.name() + "," + part.fileName().orElse("-") + "," + part.contentType() + "," + part.bytes() + ","
                    + (part.isFile() ? content : part.text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawClient.Reply post(String contentType, String body) throws IOException {
        return door.ask("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    private void refused(String body, int status, String... words) throws IOException {
        RawClient.Reply reply = post(FORM, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.body()).contains(words);
    }

    @Test
    void values_and_files_come_as_they_were_sent() throws IOException {
        String body = FIELD + FILE + "\u0089PNG\r\n--Xy\r\n--\r\n\r\n--XyZ--\r\n";
        assertThat(post(FORM, body).body())
                .isEqualTo("model,-,,2,m1|image,a.png,image/png,16,\u0089PNG\r\n--Xy\r\n--\r\n");
        assertThat(post("Multipart/Form-Data;charset=utf-8; Boundary=\"XyZ\"", body)
                        .status())
                .isEqualTo(200);
        assertThat(post(FORM, "preamble\r\n" + body + "epilogue").status()).isEqualTo(200);
        assertThat(post(FORM, "--XyZ--").body()).isEmpty();
    }

    @Test
    void a_chunked_body_is_split_wherever_the_chunks_end() throws IOException {
        SplittableRandom random = Seeds.random("MultipartTest");
        String body = FIELD + FILE + "\r\n--XyZ".substring(0, 6).repeat(60) + "\r\n--XyZ--";
        for (int round = 0; round < 20; round++) {
            StringBuilder request = new StringBuilder("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + FORM
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length(); ) {
                int length = Math.min(body.length() - at, 1 + random.nextInt(60));
                request.append(Integer.toHexString(length)).append("\r\n").append(body, at, at + length);
                request.append("\r\n");
                at += length;
            }
            RawClient.Reply reply = door.ask(request + "0\r\n\r\n");
            assertThat(reply.body()).startsWith("model,-,,2,m1|image,a.png,image/png,360,");
        }
    }

    @Test
    void names_of_files_are_read_as_browsers_and_libraries_write_them() throws IOException {
        String part =
                "--XyZ\r\ncontent-disposition: form-data; filename=\"a \\\"b\\\" c:\\d.png\"; name=image[]\r\n\r\nx\r\n"
                        + "--XyZ\r\nContent-Disposition: form-data; name=\"x\"; filename*=UTF-8''na%C3%AFve.png\r\n\r\n\r\n--XyZ--";
        assertThat(post(FORM, part).body()).isEqualTo("image[],a \"b\" c:\\d.png,,1,x|x,naïve.png,,0,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "application/json; 415",
                "multipart/form-data; 400",
                "multipart/form-data, boundary=; 400",
                "multipart/form-data, boundary=\"a b \"; 400",
                "multipart/mixed, boundary=XyZ; 415"
            })
    void another_type_or_no_boundary_is_refused(String type, int status) throws IOException {
        assertThat(post(type.replace(',', ';'), FIELD + "--XyZ--").status()).isEqualTo(status);
    }

    @Test
    void a_boundary_beyond_70_characters_is_refused() throws IOException {
        assertThat(post("multipart/form-data; boundary=" + "x".repeat(71), "").status())
                .isEqualTo(400);
    }

    @Test
    void what_is_no_multipart_body_is_refused_with_the_part_named() throws IOException {
        refused("", 400, "ends before the closing boundary");
        refused("no boundary at all", 400, "ends before the closing boundary");
        refused("x".repeat(600), 400, "does not begin with the boundary");
        refused(FIELD, 400, "The part \\\"model\\\" ends before the closing boundary");
        refused(FIELD + FILE + "half", 400, "The part \\\"image\\\" ends");
        refused("--XyZ\r\nContent-Disposition: form-data", 400, "ends within the head");
        refused("--XyZ\r\n\r\nx\r\n--XyZ--", 400, "no Content-Disposition");
        refused("--XyZ\r\nnonsense\r\n\r\nx\r\n--XyZ--", 400, "without a colon");
        refused("--XyZabc\r\n\r\nx\r\n--XyZ--", 400, "begins as its boundary");
        refused("--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--", 400, "must have a name");
        refused("--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XyZ--", 400, "form-data");
        refused("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XyZ--", 400, "without an end");
        refused(FIELD.replace("m1", "\u00ff") + "--XyZ--", 400, "model", "UTF-8");
        refused(FIELD.replace("model", "\u00ff") + "--XyZ--", 400, "not UTF-8");
        refused(FIELD.replace("model", "a\tb\0c") + "--XyZ--", 400, "control character");
    }

    @Test
    void a_body_within_a_body_and_encoded_parts_are_refused() throws IOException {
        refused(FILE.replace("image/png", "multipart/mixed; boundary=b") + "--b--\r\n--XyZ--", 400, "side by side");
        refused(
                FILE.replace("Content-Type: image/png", "Content-Transfer-Encoding: base64") + "eA==\r\n--XyZ--",
                400,
                "send the bytes as they are");
    }

    @Test
    void every_limit_names_what_broke_it() throws IOException {
        refused(FIELD.repeat(5) + "--XyZ--", 413, "more than 4 parts");
        refused(FILE + "x".repeat(1_001) + "\r\n--XyZ--", 413, "The part \\\"image\\\" is larger than 1000 bytes");
        refused(FIELD.replace("m1", "x".repeat(101)) + "--XyZ--", 413, "The part \\\"model\\\" is larger than 100");
        refused((FILE + "x".repeat(990) + "\r\n").repeat(4) + "--XyZ--" + " ".repeat(5_000), 413, "5000");
        refused("--XyZ\r\nX: " + "y".repeat(600) + "\r\n\r\n", 400, "a head that is too large");
        refused("--XyZ\r\n" + "X: yyyyyyyyyyyyyyyyyyy\r\n".repeat(40) + "\r\n", 400, "a head that is too large");
        assertThat(post(FORM, FILE + "x".repeat(1_000) + "\r\n--XyZ--").status())
                .isEqualTo(200);
    }

    @Test
    void a_body_that_stops_or_lies_about_its_length_leaves_nothing() throws IOException {
        String head = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + FORM + "\r\nContent-Length: ";
        try (RawClient client = door.client()) {
            client.send(head + "400\r\n\r\n" + FIELD + FILE + "half");
            client.endOutput();
            RawClient.Reply reply = client.read();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).contains("image", "stated length");
        }
        String whole = FIELD + "--XyZ--";
        assertThat(door.ask(head + (whole.length() - 20) + "\r\n\r\n" + whole).status())
                .isEqualTo(400);
    }

    @Test
    void a_part_that_is_asked_for_once_must_be_there_once() throws IOException {
        try (Door other = new Door(routes -> routes.group(Door.errors("a")).post("/form", request -> {
            try (Multipart form = Multipart.read(request, MultipartLimits.DEFAULTS.in(folder))) {
                return Response.text(200, form.text("image").orElse("none"));
            }
        }))) {
            String head = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: " + FORM + "\r\nContent-Length: ";
            String twice = FIELD.replace("model", "image").repeat(2) + "--XyZ--";
            assertThat(other.ask(head + twice.length() + "\r\n\r\n" + twice).body())
                    .contains("more than once");
            String file = FILE + "x\r\n--XyZ--";
            assertThat(other.ask(head + file.length() + "\r\n\r\n" + file).body())
                    .contains("must be a value, not a file");
            assertThat(other.ask(head + (FIELD.length() + 7) + "\r\n\r\n" + FIELD + "--XyZ--")
                            .body())
                    .isEqualTo("none");
        }
    }
}
