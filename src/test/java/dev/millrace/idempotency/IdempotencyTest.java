package dev.millrace.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(3, 4));
    private static final String SURFACE = "POST /api/v1/generations";
    private static final IdempotencyKey KEY = new IdempotencyKey(ACME, SURFACE, "k");
    private static final Fingerprint BODY = fingerprint("{\"model\":\"m\",\"n\":1}");

    private final Idempotency idempotency = new Idempotency();

    @OnBothDatabases
    void the_first_is_fresh_and_a_repeat_replays_what_was_created(TestDatabase db) {
        assertThat(start(db, KEY, BODY)).isEqualTo(new Start.Fresh());
        assertThat(start(db, KEY, BODY)).isEqualTo(new Start.InUse());
        done(db, KEY, "job-1");
        assertThat(start(db, KEY, BODY)).isEqualTo(new Start.Replay("job-1"));
        assertThat(start(db, KEY, fingerprint("{\"n\": 1, \"model\": \"m\"}"))).isEqualTo(new Start.Replay("job-1"));
        assertThatThrownBy(() -> done(db, KEY, "job-2")).isInstanceOf(IllegalStateException.class);
    }

    @OnBothDatabases
    void another_body_under_the_same_key_is_a_mismatch_while_running_and_after(TestDatabase db) {
        Fingerprint other = fingerprint("{\"model\":\"m\",\"n\":2}");
        start(db, KEY, BODY);
        assertThat(start(db, KEY, other)).isEqualTo(new Start.Mismatch());
        done(db, KEY, "job-1");
        assertThat(start(db, KEY, other)).isEqualTo(new Start.Mismatch());
    }

    @OnBothDatabases
    void other_organizations_surfaces_and_keys_do_not_meet(TestDatabase db) {
        start(db, KEY, BODY);
        assertThat(start(db, new IdempotencyKey(OTHER, SURFACE, "k"), BODY)).isEqualTo(new Start.Fresh());
        assertThat(start(db, new IdempotencyKey(ACME, "POST /other", "k"), BODY))
                .isEqualTo(new Start.Fresh());
        assertThat(start(db, new IdempotencyKey(ACME, SURFACE, "K"), BODY)).isEqualTo(new Start.Fresh());
    }

    @OnBothDatabases
    void a_key_that_is_forgotten_is_fresh_again_and_one_that_is_done_stays(TestDatabase db) {
        start(db, KEY, BODY);
        assertThat(forget(db, KEY)).isTrue();
        assertThat(start(db, KEY, fingerprint("{}"))).isEqualTo(new Start.Fresh());
        done(db, KEY, "job-1");
        assertThat(forget(db, KEY)).isFalse();
        assertThat(start(db, KEY, fingerprint("{}"))).isEqualTo(new Start.Replay("job-1"));
    }

    @OnBothDatabases
    void an_expired_key_is_fresh_again_and_pruned_by_age(TestDatabase db) {
        Duration life = Duration.ofMillis(50);
        IdempotencyKey second = new IdempotencyKey(ACME, SURFACE, "second");
        IdempotencyKey longer = new IdempotencyKey(ACME, SURFACE, "longer");
        for (IdempotencyKey key : List.of(KEY, second)) {
            db.writer().<Start>write(ACME.text(), tx -> idempotency.start(tx, key, BODY, life));
            done(db, key, "job-1");
        }
        start(db, longer, BODY);
        db.letTimePass(life.plusMillis(10));
        assertThat(start(db, KEY, fingerprint("{}"))).isEqualTo(new Start.Fresh());
        int pruned = db.writer().write(ACME.text(), tx -> idempotency.prune(tx, 10));
        assertThat(pruned).isEqualTo(1);
        assertThat(start(db, longer, BODY)).isEqualTo(new Start.InUse());
    }

    @OnBothDatabases
    void of_a_thousand_at_once_one_is_fresh(TestDatabase db) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Start>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                String lane = "lane " + i;
                answers.add(threads.submit(() -> {
                    go.await();
                    return db.writer().<Start>write(lane, tx -> {
                        Start start = idempotency.start(tx, KEY, BODY, Idempotency.JOB);
                        if (start instanceof Start.Fresh) {
                            idempotency.done(tx, KEY, lane);
                        }
                        return start;
                    });
                }));
            }
            go.countDown();
            int fresh = 0;
            List<String> created = new ArrayList<>();
            for (Future<Start> answer : answers) {
                switch (answer.get()) {
                    case Start.Fresh() -> fresh++;
                    case Start.Replay(String id) -> created.add(id);
                    case Start.InUse(), Start.Mismatch() -> throw new AssertionError("neither fresh nor a replay");
                }
            }
            assertThat(fresh).isEqualTo(1);
            assertThat(created).hasSize(999).containsOnly(created.getFirst());
        }
    }

    @OnBothDatabases
    void the_key_is_not_stored_in_clear(TestDatabase db) {
        start(db, new IdempotencyKey(ACME, SURFACE, "jane@example.org"), BODY);
        List<String> stored =
                db.database().read(tx -> tx.list("select key_hash from idempotency_keys", row -> row.text("key_hash")));
        assertThat(stored).hasSize(1).allSatisfy(hash -> assertThat(hash).matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tab\there", "nul\0", "line\nbreak", "naïve", "\uD83D\uDE00", "del\u007f"})
    void a_key_that_is_not_printable_ascii_is_refused_by_name(String key) {
        assertRefused(key);
    }

    @Test
    void a_key_has_at_most_255_characters() {
        assertThat(new IdempotencyKey(ACME, SURFACE, "k".repeat(255)).key()).hasSize(255);
        assertRefused("k".repeat(256));
    }

    @Test
    void a_mismatch_and_a_clash_are_told_with_the_way_out() {
        assertThat(new Start.Fresh().replayed()).isEmpty();
        assertThat(new Start.Replay("x").replayed()).contains("x");
        assertThatThrownBy(() -> new Start.Mismatch().replayed())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.IDEMPOTENCY_MISMATCH));
        assertThatThrownBy(() -> new Start.InUse().replayed()).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.IDEMPOTENCY_IN_USE);
            assertThat(e.problem().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void uploads_are_part_of_the_fingerprint() {
        byte[] upload = {1, 2, 3};
        assertThat(Fingerprint.of(Json.object(), List.of(upload)))
                .isNotEqualTo(Fingerprint.of(Json.object()))
                .isEqualTo(Fingerprint.of(Json.object(), List.of(upload.clone())));
    }

    private static void assertRefused(String key) {
        assertThatThrownBy(() -> new IdempotencyKey(ACME, SURFACE, key))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
                    assertThat(e.problem().detail()).startsWith("Idempotency-Key: ");
                });
    }

    private Start start(TestDatabase db, IdempotencyKey key, Fingerprint fingerprint) {
        return db.writer().write(ACME.text(), tx -> idempotency.start(tx, key, fingerprint, Idempotency.LIVE));
    }

    private boolean forget(TestDatabase db, IdempotencyKey key) {
        return db.writer().write(ACME.text(), tx -> idempotency.forget(tx, key));
    }

    private void done(TestDatabase db, IdempotencyKey key, String created) {
        db.writer().<Boolean>write(ACME.text(), tx -> {
            idempotency.done(tx, key, created);
            return true;
        });
    }

    private static Fingerprint fingerprint(String json) {
        return Fingerprint.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
