package dev.millrace.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.assets.AssetKind;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.AssetSettings;
import dev.millrace.assets.Assets;
import dev.millrace.assets.LocalFolder;
import dev.millrace.assets.StoredFile;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedImagesTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};

    @TempDir
    Path folder;

    private final InstantSource clock = () -> NOW;
    private final IdSource ids = new IdSource(clock, new SecureRandom());
    private TestDatabase database;
    private Assets assets;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.sqlite();
        assets = new Assets(
                database.database(),
                new LocalFolder(folder, ids, clock),
                new AssetLinks(new byte[32]),
                clock,
                AssetSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_own_upload_is_read_under_its_signed_link_alone() throws IOException {
        StoredFile file = assets.write(new ByteArrayInputStream(PICTURE), 1000);
        AssetId id = ids.asset();
        OrganizationId organization = ids.organization();
        database.database()
                .writer()
                .write(
                        "a",
                        tx -> assets.record(
                                tx, file, id, organization, AssetKind.UPLOAD, "my cat+1.png", NOW.plusSeconds(600)));
        String link = "http://127.0.0.1:1" + assets.links().sign(id, "my cat+1.png", NOW.plusSeconds(60));
        assertThat(images(EgressSettings.DEFAULTS).load(link)).contains(PICTURE);
        assertThat(images(EgressSettings.DEFAULTS).load(link.replace("expires=", "expires=1")))
                .isEmpty();
        assertThat(images(EgressSettings.DEFAULTS).load(link + "x")).isEmpty();
    }

    @Test
    void another_link_is_fetched_where_the_guard_allows_it() {
        try (ScriptedUpstream other = ScriptedUpstream.start()) {
            other.script(Script.status(200, List.of("Content-Type: image/png"), PICTURE));
            String link = "http://127.0.0.1:" + other.port() + "/cat.png";
            assertThat(images(EgressSettings.DEFAULTS.allowing("127.0.0.0/8")).load(link))
                    .contains(PICTURE);
            assertThat(images(EgressSettings.DEFAULTS).load(link)).isEmpty();
            other.script(Script.status(404));
            assertThat(images(EgressSettings.DEFAULTS.allowing("127.0.0.0/8")).load(link))
                    .isEmpty();
        }
    }

    @Test
    void a_link_may_be_anything() {
        for (String link :
                new String[] {"", "::", "file:///etc/hosts", "/assets/x/y", "data:,x", "http://", "mailto:a@b"}) {
            assertThat(images(EgressSettings.DEFAULTS).load(link)).isEmpty();
        }
    }

    private LinkedImages images(EgressSettings settings) {
        return new LinkedImages(assets, new Egress(settings, new SimpleMeterRegistry()), clock);
    }
}
