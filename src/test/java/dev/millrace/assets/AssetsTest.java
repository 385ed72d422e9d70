package dev.millrace.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.assets.Uploads.Put;
import dev.millrace.crypto.Digest;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {
    private static final byte[] GIF = "GIF89a rest".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private final OrganizationId organization = ids.organization();

    private Assets assets(TestDatabase db, Duration orphanAge) throws IOException {
        AssetSettings settings = new AssetSettings(
                null,
                1000,
                500,
                1_000_000,
                Duration.ofDays(7),
                Duration.ofHours(1),
                orphanAge,
                1,
                Duration.ofMillis(10));
        // Files carry the time of the machine, so the folder goes by that.
        LocalFolder files = new LocalFolder(folder, ids, InstantSource.system());
        return new Assets(db.database(), files, new AssetLinks(new byte[32]), db.clock(), settings);
    }

    private Assets assets(TestDatabase db) throws IOException {
        return assets(db, Duration.ofHours(6));
    }

    private AssetId stored(TestDatabase db, Assets assets, byte[] bytes, Instant expiresAt) throws IOException {
        StoredFile file = assets.write(new ByteArrayInputStream(bytes), 1000);
        AssetId id = ids.asset();
        db.writer().write("x", tx -> assets.record(tx, file, id, organization, AssetKind.OUTPUT, "0.gif", expiresAt));
        return id;
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static void sweepOnce(TestDatabase db, Assets assets) {
        var sweep = new AssetSweep(db.database(), new DueWork(), assets, "tests", new SimpleMeterRegistry());
        sweep.start();
        Await.until(
                "swept",
                () -> db.database()
                                .<Long>read(tx ->
                                        tx.count("select count(*) from due_work where attempts > 0 and owner is null"))
                        == 1);
        sweep.close();
    }

    @OnBothDatabases
    void a_file_is_shown_once_its_row_is_there_and_not_before(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        StoredFile file = assets.write(new ByteArrayInputStream(GIF), 1000);
        assertThat(file.sha256()).isEqualTo(Digest.hex(Digest.sha256(GIF)));
        assertThat(file.bytes()).isEqualTo(GIF.length);
        AssetId id = ids.asset();
        assertThat(assets.open(id)).isEmpty();
        Instant expires = db.clock().instant().plus(Duration.ofDays(1));
        db.writer().write("x", tx -> assets.record(tx, file, id, organization, AssetKind.OUTPUT, "0.gif", expires));
        assertThat(Files.readAllBytes(assets.open(id).orElseThrow().file())).isEqualTo(GIF);
        assertThat(assets.find(id).orElseThrow().contentType()).isEqualTo("image/gif");
        Await.until("only the file is left", () -> list().size() == 1);
        db.clock().advance(Duration.ofDays(1));
        assertThat(assets.find(id)).isEmpty();
    }

    private List<Path> list() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @OnBothDatabases
    void what_is_too_large_or_breaks_off_leaves_nothing(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> assets.write(new ByteArrayInputStream(large), 299_999))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE);
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(large), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });
        assertThatThrownBy(() -> assets.write(cut, 1_000_000)).isInstanceOf(IOException.class);
        assertThat(files()).isZero();
        assertThat(assets.write(new ByteArrayInputStream(large), 300_000).sha256())
                .isEqualTo(Digest.hex(Digest.sha256(large)));
    }

    @OnBothDatabases
    void the_sweep_removes_what_expired_and_what_never_got_a_row_and_nothing_else(TestDatabase db) throws Exception {
        Assets assets = assets(db, Duration.ZERO);
        Instant now = db.clock().instant();
        AssetId kept = stored(db, assets, GIF, now.plus(Duration.ofDays(1)));
        AssetId expired = stored(db, assets, GIF, now);
        AssetId hidden = stored(db, assets, GIF, now.plus(Duration.ofDays(1)));
        db.writer().write("x", tx -> {
            assets.hide(tx, hidden);
            return true;
        });
        assets.write(new ByteArrayInputStream(GIF), 1000);
        sweepOnce(db, assets);
        assertThat(assets.open(kept)).isPresent();
        assertThat(assets.open(expired)).isEmpty();
        assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from assets where state <> 'gone'")))
                .isEqualTo(1);
        assertThat(assets.erased(kept)).isEmpty();
        assertThat(assets.erased(expired)).contains(Erased.RETENTION);
        assertThat(assets.erased(hidden)).contains(Erased.REQUEST);
        Await.until("one file is left", () -> list().size() == 1);
    }

    @OnBothDatabases
    void a_link_opens_its_file_until_it_expires_and_no_other(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        AssetId id = ids.asset();
        Instant until = db.clock().instant().plusSeconds(60);
        URI link = URI.create("http://x" + assets.links().sign(id, "a b.png", until));
        assertThat(link.getPath()).isEqualTo("/assets/" + id + "/a b.png");
        Map<String, String> query = query(link);
        String expires = query.get("expires");
        String signature = query.get("signature");
        Instant now = db.clock().instant();
        AssetLinks links = assets.links();
        assertThat(links.verify(id.text(), "a b.png", expires, signature, now)).isTrue();
        assertThat(links.verify(id.text(), "a b.png", expires, signature, until))
                .isFalse();
        assertThat(links.verify(id.text(), "b.png", expires, signature, now)).isFalse();
        assertThat(links.verify(ids.asset().text(), "a b.png", expires, signature, now))
                .isFalse();
        assertThat(links.verify(id.text(), "a b.png", expires + "0", signature, now))
                .isFalse();
        assertThat(links.verify(id.text(), "a b.png", "9".repeat(30), signature, now))
                .isFalse();
        assertThat(links.verify(id.text(), "a b.png", expires, "", now)).isFalse();
        assertThat(new AssetLinks(new byte[] {1}).verify(id.text(), "a b.png", expires, signature, now))
                .isFalse();
    }

    @OnBothDatabases
    void an_upload_needs_its_ticket_and_its_type_and_is_taken_once(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        Uploads uploads = new Uploads(db.database(), assets, ids, db.clock());
        assertThat(codeOf(() -> uploads.ticket(organization, "text/html"))).isEqualTo(ProblemCode.INVALID_PARAMETER);
        UploadTicket ticket = uploads.ticket(organization, "image/jpeg");
        Put put = put(ticket, "image/jpeg");
        assertThat(codeOf(() -> uploads.receive(put(ticket, "image/png"), bytes(GIF))))
                .isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        Put forged = new Put(
                put.asset(), ids.organization().text(), put.ticketType(), put.expires(), put.signature(), put.type());
        assertThat(codeOf(() -> uploads.receive(forged, bytes(GIF)))).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(codeOf(() -> uploads.receive(put, bytes(new byte[501])))).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE);

        Asset stored = uploads.receive(put, bytes(GIF));
        assertThat(stored.contentType()).isEqualTo("image/gif");
        assertThat(stored.id()).isEqualTo(ticket.asset());
        assertThat(uploads.receive(put, bytes(GIF))).isEqualTo(stored);
        assertThat(codeOf(() -> uploads.receive(put, bytes(new byte[] {1})))).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(Files.readAllBytes(assets.open(ticket.asset()).orElseThrow().file()))
                .isEqualTo(GIF);

        URI link = URI.create("http://x" + ticket.publicPath());
        Map<String, String> query = query(link);
        assertThat(assets.links()
                        .verify(
                                ticket.asset().text(),
                                "upload.jpg",
                                query.get("expires"),
                                query.get("signature"),
                                db.clock().instant()))
                .isTrue();
        db.clock().advance(Duration.ofHours(2));
        assertThat(codeOf(() -> uploads.receive(put, bytes(GIF)))).isEqualTo(ProblemCode.FORBIDDEN);
    }

    private static ProblemCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem().code();
    }

    private static InputStream bytes(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static Put put(UploadTicket ticket, String type) {
        Map<String, String> query = query(URI.create("http://x" + ticket.uploadPath()));
        return new Put(
                ticket.asset().text(),
                query.get("organization"),
                query.get("content_type"),
                query.get("expires"),
                query.get("signature"),
                type);
    }

    private static Map<String, String> query(URI link) {
        Map<String, String> values = new HashMap<>();
        for (String pair : link.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    @OnBothDatabases
    void a_file_without_row_and_marker_is_found_in_time_and_one_with_a_row_stays(TestDatabase db) throws Exception {
        Assets assets = assets(db, Duration.ZERO);
        AssetId kept = stored(db, assets, GIF, db.clock().instant().plus(Duration.ofDays(1)));
        StoredFile lost = assets.write(new ByteArrayInputStream(GIF), 1000);
        try (Stream<Path> markers = Files.list(folder.resolve("unclaimed"))) {
            markers.forEach(marker -> assertThat(marker.toFile().delete()).isTrue());
        }
        for (int part = 0; part < 256; part++) {
            assets.disposal().searchOrphans();
        }
        assertThat(assets.path(lost)).doesNotExist();
        assertThat(assets.open(kept).orElseThrow().file()).exists();
    }

    @OnBothDatabases
    void a_round_is_bounded_and_the_next_goes_on_where_it_stopped(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        for (int i = 0; i < 5; i++) {
            stored(db, assets, GIF, db.clock().instant());
        }
        assertThat(assets.disposal().round(2)).isTrue();
        Await.until("three files are left", () -> list().size() == 3);
        assertThat(assets.disposal().round(2)).isTrue();
        assertThat(assets.disposal().round(2)).isFalse();
        assertThat(files()).isZero();
        assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from assets")))
                .isEqualTo(5);
        db.clock().advance(Duration.ofDays(181));
        assets.disposal().round(10);
        assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from assets")))
                .isZero();
    }

    @OnBothDatabases
    void an_upload_is_listed_and_erased_by_its_owner_alone(TestDatabase db) throws Exception {
        Assets assets = assets(db);
        Instant until = db.clock().instant().plus(Duration.ofDays(1));
        AssetId output = stored(db, assets, GIF, until);
        StoredFile file = assets.write(new ByteArrayInputStream(GIF), 1000);
        AssetId upload = ids.asset();
        db.writer().write("x", tx -> assets.record(tx, file, upload, organization, AssetKind.UPLOAD, "a.gif", until));
        assertThat(assets.list(organization, null, 10)).extracting(Asset::id).containsExactly(upload, output);
        assertThat(assets.list(organization, upload, 10)).extracting(Asset::id).containsExactly(output);
        assertThat(assets.list(ids.organization(), null, 10)).isEmpty();
        assertThat(assets.eraseUpload(ids.organization(), upload)).isFalse();
        assertThat(assets.eraseUpload(organization, output)).isFalse();
        assertThat(assets.eraseUpload(organization, upload)).isTrue();
        assertThat(assets.eraseUpload(organization, upload)).isFalse();
        assertThat(assets.path(file)).doesNotExist();
        assertThat(assets.erased(upload)).contains(Erased.REQUEST);
    }
}
