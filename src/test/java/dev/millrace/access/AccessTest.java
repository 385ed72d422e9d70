package dev.millrace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    @TempDir
    Path folder;

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private Database database;
    private Access access;
    private Organizations organizations;
    private OrganizationId organization;
    private NewKey key;

    @BeforeEach
    void open() {
        database = Database.open(
                DatabaseSettings.DEFAULTS.withUrl("sqlite:" + folder.resolve("millrace.db")),
                InstantSource.system(),
                new Random(1),
                new SimpleMeterRegistry());
        access = new Access(database, ids, AccessSettings.DEFAULTS);
        organizations = new Organizations(ids);
        organization = database.writer()
                .write("a", tx -> organizations.createOperator(tx, "Acme").orElseThrow());
        key = database.writer().write("a", tx -> access.create(tx, organization, "first", Environment.TEST));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_key_authenticates_in_every_form() {
        Principal principal = access.authenticate(key.full());
        assertThat(principal.organization()).isEqualTo(organization);
        assertThat(principal.key()).isEqualTo(key.id());
        assertThat(principal.keyName()).isEqualTo("first");
        assertThat(principal.environment()).isEqualTo(Environment.TEST);
        assertThat(principal.operator()).isTrue();
        assertThat(principal.keyHash()).isEqualTo(Digest.sha256(key.full()));
        assertThat(access.authenticate(key.id().text(), key.secret())).isEqualTo(principal);
        assertThat(access.authenticate(List.of("Bearer " + key.full()))).isEqualTo(principal);
        assertThat(access.authenticate(List.of("bearer  " + key.full()))).isEqualTo(principal);
        assertThat(access.authenticate(List.of("Key " + key.id() + ":" + key.secret())))
                .isEqualTo(principal);
    }

    @Test
    void a_key_has_the_form_that_leak_scanners_know() {
        assertThat(key.full()).matches("mr_[a-z0-9]{16}_[a-z0-9]{39}");
        assertThat(key.toString()).doesNotContain(key.secret());
    }

    @Test
    void every_wrong_credential_says_what_is_wrong_and_no_more() {
        String full = key.full();
        NewKey other = database.writer().write("a", tx -> access.create(tx, organization, "x", Environment.LIVE));
        refused(() -> access.authenticate(""), "missing");
        refused(() -> access.authenticate(List.of()), "missing");
        refused(() -> access.authenticate(List.of(" ")), "missing");
        refused(() -> access.authenticate("", ""), "missing");
        refused(() -> access.authenticate(List.of("Bearer " + full, "Bearer " + full)), "ambiguous");
        refused(() -> access.authenticate(List.of(full)), "malformed");
        refused(() -> access.authenticate(List.of("Basic " + full)), "malformed");
        refused(() -> access.authenticate(List.of("Key " + full)), "malformed");
        refused(() -> access.authenticate("sk-something"), "malformed");
        refused(() -> access.authenticate(full.toUpperCase(Locale.ROOT)), "malformed");
        refused(() -> access.authenticate(full.substring(0, full.length() - 1)), "malformed");
        refused(() -> access.authenticate(full + "x"), "checksum");
        refused(() -> access.authenticate(flipped(full, full.length() - 10)), "checksum");
        refused(() -> access.authenticate(flipped(full, 5)), "checksum");
        refused(() -> access.authenticate(flipped(full, full.length() - 1)), "checksum");
        // The right prefix with a wrong secret whose checksum holds sounds the same as an id that nobody has.
        refused(() -> access.authenticate(KeyText.fresh(key.id().text(), ids).full()), "unknown");
        refused(() -> access.authenticate(KeyText.fresh(ids.key().text(), ids).full()), "unknown");
        refused(() -> access.authenticate(key.id().text(), other.secret()), "checksum");
    }

    @Test
    void a_revoked_key_is_refused_at_once_and_only_its_holder_hears_why() {
        access.authenticate(key.full());
        assertThat(database.writer().<Boolean>write("a", tx -> access.revoke(tx, ids.organization(), key.id())))
                .as("somebody else's key")
                .isFalse();
        access.authenticate(key.full());
        assertThat(database.writer().<Boolean>write("a", tx -> access.revoke(tx, organization, key.id())))
                .isTrue();
        refused(() -> access.authenticate(key.full()), "revoked");
        refused(() -> access.authenticate(KeyText.fresh(key.id().text(), ids).full()), "unknown");
        assertThat(database.writer().<Boolean>write("a", tx -> access.revoke(tx, organization, key.id())))
                .as("revoked twice")
                .isFalse();
    }

    @Test
    void a_revocation_on_another_node_is_felt_when_the_cache_runs_out() {
        Access elsewhere =
                new Access(database, ids, new AccessSettings(Duration.ZERO, AccessSettings.DEFAULTS.cacheSize()));
        elsewhere.authenticate(key.full());
        database.writer().write("a", tx -> access.revoke(tx, organization, key.id()));
        refused(() -> elsewhere.authenticate(key.full()), "revoked");
        assertThat(AccessSettings.DEFAULTS.cacheFor()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_list_shows_the_last_four_letters_alone() {
        List<KeyInfo> keys = database.read(tx -> access.list(tx, organization));
        assertThat(keys).hasSize(1);
        assertThat(keys.getFirst().lastFour())
                .isEqualTo(key.full().substring(key.full().length() - 4));
        assertThat(keys.getFirst().active()).isTrue();
    }

    @Test
    void the_secret_is_nowhere_in_the_data_directory() throws Exception {
        access.authenticate(key.full());
        database.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(key.secret());
            }
        }
    }

    @Test
    void one_organization_runs_the_installation() {
        assertThat(database.writer()
                        .<Boolean>write(
                                "a",
                                tx -> organizations.createOperator(tx, "Second").isPresent()))
                .isFalse();
        OrganizationId second = database.writer().write("a", tx -> organizations.create(tx, "Second"));
        assertThat(database.read(organizations::list))
                .extracting(Organization::id, Organization::operator)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(organization, true),
                        org.assertj.core.groups.Tuple.tuple(second, false));
    }

    @Test
    void a_name_is_short_and_plain() {
        assertThatThrownBy(() -> database.writer().write("a", tx -> organizations.create(tx, " ")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        database.writer().write("a", tx -> access.create(tx, organization, "a\nb", Environment.TEST)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'a' ? 'b' : 'a') + text.substring(at + 1);
    }

    private static void refused(Runnable call, String reason) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
            assertThat(e.problem().facts()).containsEntry("reason", reason);
            assertThat(e.problem().detail()).doesNotContainPattern("mr_[a-z0-9]{6,}");
        });
    }
}
