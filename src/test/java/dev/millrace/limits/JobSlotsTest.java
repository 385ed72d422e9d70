package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.Tx;
import dev.millrace.db.TxWork;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.JobSlots.Taken;
import dev.millrace.limits.JobSlots.Wish;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSlotsTest {
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private static final KeyId OTHER = new KeyId("keykeykeykey2");
    private static final Taken ACTIVE = new Taken.Active();
    private static final Taken WAITING = new Taken.Waiting();

    private final JobSlots slots = new JobSlots(new LimitSettings(1, 1, 3, 2));
    private final List<JobCount> jobs = new ArrayList<>();

    @OnBothDatabases
    void an_organization_has_so_many_open_jobs(TestDatabase db) {
        OrganizationId organization = organization(db);
        for (int i = 0; i < 3; i++) {
            assertThat(take(db, organization)).isTrue();
        }
        assertThat(take(db, organization)).isFalse();
        assertThat(take(db, organization(db))).as("another organization").isTrue();
        assertThat(giveBack(db, organization)).as("one that waited may run").isEqualTo(1);
        assertThat(take(db, organization)).isTrue();
        assertThat(open(db, organization)).isEqualTo(3);
    }

    @OnBothDatabases
    void what_nobody_took_can_not_be_given_back(TestDatabase db) {
        OrganizationId organization = organization(db);
        giveBack(db, organization);
        take(db, organization);
        giveBack(db, organization);
        giveBack(db, organization);
        assertThat(open(db, organization)).isZero();
    }

    @OnBothDatabases
    void a_slot_comes_back_with_the_transaction_that_failed(TestDatabase db) {
        OrganizationId organization = organization(db);
        TxWork<Void> failing = tx -> {
            assertThat(take(tx, organization, KEY, "m")).isEqualTo(ACTIVE);
            throw new IllegalArgumentException("no");
        };
        assertThatThrownBy(() -> db.writer().write("lane", failing)).isInstanceOf(IllegalArgumentException.class);
        assertThat(open(db, organization)).isZero();
    }

    @OnBothDatabases
    void a_crowd_gets_exactly_as_many_as_there_are(TestDatabase db) {
        OrganizationId organization = organization(db);
        List<CompletableFuture<Boolean>> taken = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            taken.add(db.writer().submit("lane" + i, tx -> open(plain(tx, organization))));
        }
        assertThat(taken.stream().filter(CompletableFuture::join)).hasSize(3);
        assertThat(open(db, organization)).isEqualTo(3);
    }

    @OnBothDatabases
    void as_many_run_as_may_and_the_others_wait_until_one_ends(TestDatabase db) {
        OrganizationId organization = organization(db);
        db.writer().write("lane", tx -> {
            slots.set(tx, organization, new JobLimits("pro", 4, 2));
            List<Taken> taken = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                taken.add(take(tx, organization, KEY, "m"));
            }
            assertThat(taken).containsExactly(ACTIVE, ACTIVE, WAITING, WAITING, full(null, Measure.OPEN, "", 4));
            tx.update("update job_slots set open_jobs = 4 where organization = ?", organization);
            assertThat(slots.giveBack(tx, organization, true))
                    .as("one gives up waiting")
                    .isZero();
            assertThat(slots.giveBack(tx, organization, false)).isEqualTo(1);
            slots.activated(tx, organization, 1);
            assertThat(slots.giveBack(tx, organization, false))
                    .as("nobody waits")
                    .isZero();
            assertThat(slots.limits(tx, organization)).isEqualTo(new JobLimits("pro", 4, 2));
            return true;
        });
        assertThat(open(db, organization)).isEqualTo(1);
    }

    @OnBothDatabases
    void what_a_raised_limit_makes_room_for_is_let_go_and_counted_once(TestDatabase db) {
        OrganizationId organization = organization(db);
        db.writer().write("lane", tx -> {
            slots.set(tx, organization, new JobLimits("pro", 10, 1));
            assertThat(List.of(take(tx, organization, KEY, "m"), take(tx, organization, KEY, "m")))
                    .containsExactly(ACTIVE, WAITING);
            assertThat(slots.room(tx, organization)).isZero();
            assertThat(slots.waiting(tx, 9)).containsExactly(organization);
            slots.set(tx, organization, new JobLimits("pro", 10, 3));
            assertThat(take(tx, organization, KEY, "m")).isEqualTo(ACTIVE);
            assertThat(slots.room(tx, organization)).isEqualTo(1);
            slots.activated(tx, organization, 1);
            assertThat(take(tx, organization, KEY, "m")).isEqualTo(WAITING);
            assertThat(slots.room(tx, organization)).isZero();
            return true;
        });
    }

    /** Of five jobs of model a/big, then five of model b/small by another key, so many run, wait and are refused. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"running_jobs":3}                                   | RRRWW WWWWW
            {"running_jobs":3,"queued_jobs":4}                   | RRRWW WW---
            {"running_jobs":3,"queued_jobs":0}                   | RRR-- -----
            {"models":{"a/*":{"running_jobs":2}}}                | RRWWW RRRRR
            {"models":{"a/*":{"running_jobs":2,"queued_jobs":1}}}| RRW-- RRRRR
            {"models":{"b/small":{"queued_jobs":1}},"running_jobs":6} | RRRRR RW---
            {"modalities":{"image":{"open_jobs":7}}}             | RRRRR RR---
            {"modalities":{"video":{"running_jobs":1}}}          | RRRRR RRRRR
            {"open_jobs":6,"models":{"b/small":{"running_jobs":1}}} | RRRRR R----
            """)
    void a_rule_counts_what_it_names(String rules, String expected) {
        for (TestDatabase db : List.of(TestDatabase.sqlite(), TestDatabase.postgres())) {
            try (db) {
                OrganizationId organization = organization(db);
                jobs.clear();
                String got = db.writer().write("lane", tx -> {
                    RuleStore.set(tx, "organization:" + organization, rules(rules));
                    return letters(tx, organization, KEY, "a/big") + " " + letters(tx, organization, OTHER, "b/small");
                });
                assertThat(got).isEqualTo(expected);
            }
        }
    }

    @OnBothDatabases
    void a_key_may_have_fewer_than_its_organization(TestDatabase db) {
        OrganizationId organization = organization(db);
        db.writer().write("lane", tx -> {
            RuleStore.set(tx, "organization:" + organization, rules("{\"open_jobs\":100,\"running_jobs\":100}"));
            RuleStore.set(tx, "key:" + KEY, rules("{\"running_jobs\":1,\"queued_jobs\":2}"));
            assertThat(letters(tx, organization, KEY, "m")).isEqualTo("RWW--");
            assertThat(letters(tx, organization, OTHER, "m"))
                    .as("the waiting ones of one key hold nobody else up")
                    .isEqualTo("RRRRR");
            jobs.clear();
            jobs.add(new JobCount(KEY, "m", Modality.IMAGE, false, 1));
            JobSlots.Fit fit = slots.fit(tx, organization, (same, whose) -> jobs);
            assertThat(fit.takes(KEY, "m", Modality.IMAGE)).isFalse();
            assertThat(fit.takes(OTHER, "m", Modality.IMAGE)).isTrue();
            jobs.clear();
            JobSlots.Fit later = slots.fit(tx, organization, (same, whose) -> jobs);
            assertThat(later.takes(KEY, "m", Modality.IMAGE)).isTrue();
            assertThat(later.takes(KEY, "m", Modality.IMAGE))
                    .as("the first counts")
                    .isFalse();
            return true;
        });
    }

    @OnBothDatabases
    void what_is_the_organizations_own_goes_over_what_it_was_put_on_and_that_over_its_plan(TestDatabase db) {
        OrganizationId organization = organization(db);
        db.writer().write("lane", tx -> {
            RuleStore.set(tx, "plan:pro", rules("{\"open_jobs\":50,\"running_jobs\":20}"));
            slots.set(tx, organization, new JobLimits("pro", 40, 10));
            assertThat(slots.limits(tx, organization)).isEqualTo(new JobLimits("pro", 40, 10));
            RuleStore.set(tx, "organization:" + organization, rules("{\"running_jobs\":7}"));
            assertThat(slots.limits(tx, organization)).isEqualTo(new JobLimits("pro", 40, 7));
            tx.update("update job_slots set max_open = null, max_running = null where organization = ?", organization);
            assertThat(slots.limits(tx, organization)).isEqualTo(new JobLimits("pro", 50, 7));
            return true;
        });
    }

    @OnBothDatabases
    void a_refusal_says_how_many_and_when_to_come_back(TestDatabase db) {
        JobLimit limit = new JobLimit(null, new Rule(Measure.QUEUED, "", "a/*"), 3);
        Problem learnt = limit.refusal(Duration.ofMillis(41_200));
        assertThat(learnt.code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
        assertThat(learnt.facts()).containsEntry("limit", 3L).containsEntry("measure", "queued_jobs");
        assertThat(learnt.retryAfter()).isEqualTo(Duration.ofSeconds(42));
        assertThat(limit.refusal(null).retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limit.refusal(Duration.ZERO).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    private static LimitRules rules(String json) {
        return LimitRules.parse(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Taken full(KeyId key, Measure measure, String model, long most) {
        return new Taken.Full(new JobLimit(key, new Rule(measure, "", model), most));
    }

    /** R for each of five that runs, W for one that waits, - for one that is refused. */
    private String letters(Tx tx, OrganizationId organization, KeyId key, String model) {
        JobSlots plenty = new JobSlots(new LimitSettings(1, 1, 100, 100));
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            long before = tx.count(
                    "select coalesce(max(open_jobs * 1000 + active_jobs), 0) from job_slots where organization = ?",
                    organization);
            Wish wish = new Wish(organization, key, model, Modality.IMAGE);
            letters.append(
                    switch (plenty.take(tx, wish, (same, whose) -> jobs)) {
                        case Taken.Active() -> {
                            jobs.add(new JobCount(key, model, Modality.IMAGE, false, 1));
                            yield 'R';
                        }
                        case Taken.Waiting() -> {
                            jobs.add(new JobCount(key, model, Modality.IMAGE, true, 1));
                            yield 'W';
                        }
                        case Taken.Full(JobLimit limit) -> {
                            // What a refusal undoes.
                            tx.update(
                                    "update job_slots set open_jobs = ?, active_jobs = ? where organization = ?",
                                    before / 1000,
                                    before % 1000,
                                    organization);
                            assertThat(limit.refusal(null).retryAfter()).isNotNull();
                            yield '-';
                        }
                    });
        }
        return letters.toString();
    }

    private static OrganizationId organization(TestDatabase db) {
        return new IdSource(db.clock(), new SecureRandom()).organization();
    }

    private Taken take(Tx tx, OrganizationId organization, KeyId key, String model) {
        return slots.take(tx, new Wish(organization, key, model, Modality.IMAGE), (same, whose) -> jobs);
    }

    private boolean take(TestDatabase db, OrganizationId organization) {
        return db.writer().<Boolean>write("lane", tx -> open(plain(tx, organization)));
    }

    private Taken plain(Tx tx, OrganizationId organization) {
        return take(tx, organization, KEY, "m");
    }

    private static boolean open(Taken taken) {
        return !(taken instanceof Taken.Full);
    }

    private long giveBack(TestDatabase db, OrganizationId organization) {
        return db.writer().<Long>write("lane", tx -> slots.giveBack(tx, organization, false));
    }

    private long open(TestDatabase db, OrganizationId organization) {
        return db.database().<Long>read(tx -> slots.open(tx, organization));
    }
}
