package dev.millrace.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.DatabaseException;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(3, 4));
    private static final PersonId ANN = new PersonId(new UUID(5, 6));
    private static final Actor ANN_AT_ACME = Actor.person(ANN, ACME, "192.0.2.7");
    private static final Actor KEY_AT_OTHER = Actor.key(new KeyId("k0123456789abcde"), OTHER, "192.0.2.8");

    private final Trail trail = new Trail(new IdSource(InstantSource.system(), new SecureRandom()));

    @OnBothDatabases
    void a_line_says_who_what_to_what_and_from_where(TestDatabase db) {
        write(db, ANN_AT_ACME, "member.role", "member:7", Map.of("role", "viewer", "was", "admin"));
        TrailLine line = all(db, TrailFilter.of(ACME)).getFirst();
        assertThat(line.actor()).isEqualTo(ANN_AT_ACME);
        assertThat(line.action()).isEqualTo("member.role");
        assertThat(line.subject()).isEqualTo("member:7");
        assertThat(line.facts()).isEqualTo(Map.of("role", "viewer", "was", "admin"));
        assertThat(line.at()).isNotEqualTo(Instant.EPOCH);
    }

    @OnBothDatabases
    void each_organization_sees_its_own_lines_and_the_operator_all(TestDatabase db) {
        write(db, ANN_AT_ACME, "key.create", "key:1", Map.of());
        write(db, KEY_AT_OTHER, "key.revoke", "key:2", Map.of());
        write(db, Actor.commandLine(), "installation.init", "installation", Map.of());
        write(db, Actor.commandLine().about(ACME), "organization.limits", "organization:" + ACME, Map.of());
        assertThat(actions(db, TrailFilter.of(ACME))).containsExactly("organization.limits", "key.create");
        assertThat(actions(db, TrailFilter.of(OTHER))).containsExactly("key.revoke");
        assertThat(actions(db, TrailFilter.of(null))).hasSize(4);
    }

    @OnBothDatabases
    void lines_are_found_by_actor_action_subject_and_time(TestDatabase db) {
        write(db, ANN_AT_ACME, "key.create", "key:1", Map.of());
        write(db, ANN_AT_ACME, "keyring.open", "key:1", Map.of());
        write(db, Actor.commandLine().about(ACME), "key.revoke", "key:1", Map.of());
        assertThat(actions(db, filter(ANN.text(), null, null))).containsExactly("keyring.open", "key.create");
        assertThat(actions(db, filter("operator", null, null))).containsExactly("key.revoke");
        assertThat(actions(db, filter(null, "key", null))).containsExactly("key.revoke", "key.create");
        assertThat(actions(db, filter(null, "key.create", null))).containsExactly("key.create");
        assertThat(actions(db, filter(null, null, "key:2"))).isEmpty();
        Instant last = all(db, TrailFilter.of(ACME)).getFirst().at();
        assertThat(actions(db, new TrailFilter(ACME, null, null, null, null, Instant.EPOCH)))
                .isEmpty();
        assertThat(actions(db, new TrailFilter(ACME, null, null, null, last, last.plusSeconds(1))))
                .contains("key.revoke");
    }

    @OnBothDatabases
    void pages_follow_one_another_without_a_gap(TestDatabase db) {
        for (int i = 0; i < 25; i++) {
            write(db, ANN_AT_ACME, "key.create", "key:" + i, Map.of());
        }
        List<String> subjects = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            String place = cursor;
            TrailPage page = db.database().read(tx -> trail.list(tx, TrailFilter.of(ACME), place, 10));
            page.lines().forEach(line -> subjects.add(line.subject()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(subjects).hasSize(25).doesNotHaveDuplicates();
    }

    @OnBothDatabases
    void no_line_is_ever_changed_or_deleted(TestDatabase db) {
        write(db, ANN_AT_ACME, "key.create", "key:1", Map.of());
        for (String sql : List.of("update audit_log set action = 'x'", "delete from audit_log")) {
            assertThatThrownBy(() -> db.database().writer().write("x", tx -> tx.update(sql)))
                    .isInstanceOf(DatabaseException.class);
        }
        assertThat(all(db, TrailFilter.of(ACME))).hasSize(1);
    }

    @OnBothDatabases
    void what_is_long_is_cut(TestDatabase db) {
        write(db, ANN_AT_ACME, "key.create", "s".repeat(300), Map.of("name", "n".repeat(300)));
        TrailLine line = all(db, TrailFilter.of(ACME)).getFirst();
        assertThat(line.subject()).hasSize(200).endsWith("…");
        assertThat(line.facts().get("name")).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mr_abcdefghijkl_secretsecret", "ms_0123456789abcdef", "whsec_MfKQ9r8GKYqrTwjU"})
    void a_secret_is_refused_as_a_bug(String secret) {
        try (TestDatabase db = TestDatabase.open(dev.millrace.db.SqlDialect.SQLITE)) {
            assertThatThrownBy(() -> write(db, ANN_AT_ACME, "key.create", "key:1", Map.of("key", "the " + secret)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining(secret);
        }
    }

    private void write(TestDatabase db, Actor actor, String action, String subject, Map<String, String> facts) {
        db.database().writer().write("x", tx -> {
            trail.write(tx, actor, action, subject, facts);
            return true;
        });
    }

    private static TrailFilter filter(@Nullable String actor, @Nullable String action, @Nullable String subject) {
        return new TrailFilter(ACME, actor, action, subject, null, null);
    }

    private List<TrailLine> all(TestDatabase db, TrailFilter filter) {
        return db.database().read(tx -> trail.list(tx, filter, null, 100)).lines();
    }

    private List<String> actions(TestDatabase db, TrailFilter filter) {
        return all(db, filter).stream().map(TrailLine::action).toList();
    }
}
