package dev.millrace.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.assets.AssetKind;
import dev.millrace.assets.StoredFile;
import dev.millrace.catalog.Model;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaInput;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

class InputFilesTest {
    private static final byte[] PNG =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000320000002580806000000".replace(" ", ""));
    private static final byte[] HUGE =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200010000000100000806000000".replace(" ", ""));
    private static final byte[] WAV = "RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
    private static final InputSettings SMALL =
            new InputSettings(4_000, 4_000, 4_000, 1_000, 1_000_000, Duration.ofMinutes(1), 3, Duration.ofMillis(600));

    private static InputFiles files(TestingRooms rooms, String... allowed) {
        Egress egress = new Egress(EgressSettings.DEFAULTS.allowing(allowed), new SimpleMeterRegistry());
        return new InputFiles(rooms.assets, egress, SMALL);
    }

    private static InputFiles open(TestingRooms rooms) {
        return files(rooms, "127.0.0.0/8");
    }

    private static FetchedInputs fetch(TestingRooms rooms, InputFiles files, String... urls)
            throws InterruptedException {
        return files.fetch(rooms.organization, model(rooms), parameters(urls), Map.of());
    }

    private static Model model(TestingRooms rooms) {
        return rooms.catalog.find("test/image").orElseThrow();
    }

    private static ObjectNode parameters(String... urls) {
        ObjectNode parameters = Json.object().put("prompt", "x");
        Stream.of(urls).forEach(parameters.putArray("input_images")::add);
        return parameters;
    }

    private static void refused(TestingRooms rooms, InputFiles files, String url, String... words) {
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> fetch(rooms, files, url).close())
                .problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(problem.detail())
                .startsWith("input_images.0: ")
                .contains(words)
                .doesNotContain(url);
        assertThat(problem.fields().getFirst().path()).isEqualTo("input_images.0");
    }

    private static String data(byte[] bytes) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static long copies(TestingRooms rooms) throws IOException {
        try (Stream<Path> all = Files.walk(rooms.folder.resolve("assets"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static String stored(TestingRooms rooms, OrganizationId owner, byte[] bytes) throws IOException {
        StoredFile file = rooms.assets.write(new ByteArrayInputStream(bytes), 1_000);
        AssetId id = rooms.ids.asset();
        Instant until = rooms.db.clock().instant().plusSeconds(600);
        rooms.db.writer().write("a", tx -> rooms.assets.record(tx, file, id, owner, AssetKind.UPLOAD, "a.png", until));
        return "https://any.example" + rooms.assets.links().sign(id, "a.png", until);
    }

    @OnBothDatabases
    void a_link_to_an_own_file_is_read_here_and_no_other_organization_can_use_it(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            String own = stored(rooms, rooms.organization, PNG);
            try (FetchedInputs inputs = fetch(rooms, files(rooms), own)) {
                MediaInput input = inputs.inputs().getFirst();
                assertThat(input.field()).isEqualTo("input_images.0");
                assertThat(input.role()).isEqualTo("images");
                assertThat(input.contentType()).isEqualTo("image/png");
                assertThat(List.of(input.width(), input.height())).containsExactly(800, 600);
                assertThat(Files.readAllBytes(input.path())).isEqualTo(PNG);
            }
            assertThat(fetch(rooms, files(rooms), own).inputs())
                    .as("it is still there")
                    .hasSize(1);
            refused(rooms, files(rooms), stored(rooms, rooms.ids.organization(), PNG), "no file of yours");
            refused(rooms, files(rooms), own.replace("signature=", "signature=x"), "could not be fetched");
            rooms.db.clock().advance(Duration.ofHours(1));
            refused(rooms, files(rooms), own, "no file of yours");
        }
    }

    @OnBothDatabases
    void a_file_within_the_request_is_decoded_and_leaves_nothing_behind(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            try (FetchedInputs inputs = fetch(rooms, files(rooms), data(PNG), data(PNG))) {
                assertThat(inputs.inputs()).extracting(MediaInput::bytes).containsExactly(29L, 29L);
                assertThat(copies(rooms)).isEqualTo(4); // each with its marker
            }
            assertThat(copies(rooms)).isZero();
            refused(rooms, files(rooms), "data:text/html;base64,PGI+", "data:<type>");
            refused(rooms, files(rooms), "data:image/png;base64,%%%", "something else than base64");
            refused(rooms, files(rooms), data(new byte[2_000]), "more than 1000 bytes");
            refused(rooms, files(rooms), data("<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8)), "must be");
            assertThat(copies(rooms)).isZero();
        }
    }

    @OnBothDatabases
    void a_url_is_fetched_past_the_guard_and_only_the_bytes_say_what_it_is(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream other = ScriptedUpstream.start()) {
            String url = "http://127.0.0.1:" + other.port() + "/a?secret=1";
            other.script(Script.status(200, List.of("Content-Type: text/html"), PNG));
            try (FetchedInputs inputs = fetch(rooms, open(rooms), url)) {
                assertThat(inputs.inputs().getFirst().contentType()).isEqualTo("image/png");
            }
            assertThat(other.requests().getFirst().headers()).doesNotContainKey("authorization");
            other.script(
                    Script.status(200, List.of("Content-Type: image/png"), "<html>".getBytes(StandardCharsets.UTF_8)));
            refused(rooms, open(rooms), url, "must be a PNG, JPEG, WebP or GIF image");
            other.script(Script.status(200, List.of(), WAV));
            refused(rooms, open(rooms), url, "audio/wav");
            other.script(Script.status(200, List.of(), new byte[0]));
            refused(rooms, open(rooms), url, "must be");
            other.script(Script.status(200, List.of(), HUGE));
            refused(rooms, open(rooms), url, "65536×65536");
            assertThat(copies(rooms)).isZero();
        }
    }

    @OnBothDatabases
    void what_can_not_be_had_says_why(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream other = ScriptedUpstream.start()) {
            String url = "http://127.0.0.1:" + other.port() + "/a";
            other.script(Script.redirect("http://169.254.169.254/latest/meta-data/"));
            refused(rooms, open(rooms), url, "redirect (302)");
            other.script(Script.status(404));
            refused(rooms, open(rooms), url, "status 404");
            other.script(Script.silent());
            refused(rooms, open(rooms), url, "took too long");
            other.script(Script.infinite());
            refused(rooms, open(rooms), url, "more than 4000 bytes");
            other.script(Script.status(500), Script.status(200, List.of(), PNG));
            fetch(rooms, open(rooms), url).close();
            int before = other.requests().size();
            refused(rooms, files(rooms), url, "may not be used");
            refused(rooms, files(rooms), "https://127.0.0.1.nip.invalid/a", "no address");
            refused(rooms, files(rooms), "ftp://example.com/a", "may not be used");
            assertThat(other.requests()).hasSize(before);
            assertThat(copies(rooms)).isZero();
        }
    }
}
