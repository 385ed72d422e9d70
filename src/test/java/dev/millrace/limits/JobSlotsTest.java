package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.TxWork;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.JobSlots.Taken;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class JobSlotsTest {
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private final JobSlots slots = new JobSlots(new LimitSettings(1, 1, 3, 2));

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
            assertThat(slots.take(tx, organization, KEY)).isEqualTo(Taken.ACTIVE);
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
            taken.add(db.writer().submit("lane" + i, tx -> open(slots.take(tx, organization, KEY))));
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
                taken.add(slots.take(tx, organization, KEY));
            }
            assertThat(taken)
                    .containsExactly(Taken.ACTIVE, Taken.ACTIVE, Taken.WAITING, Taken.WAITING, Taken.ORGANIZATION_FULL);
            assertThat(slots.giveBack(tx, organization, KEY, true))
                    .as("one gives up waiting")
                    .isZero();
            assertThat(slots.giveBack(tx, organization, KEY, false)).isEqualTo(1);
            slots.activated(tx, organization, 1);
            assertThat(slots.giveBack(tx, organization, KEY, false))
                    .as("nobody waits")
                    .isZero();
            assertThat(slots.limits(tx, organization)).isEqualTo(new JobLimits("pro", 4, 2));
            return true;
        });
        assertThat(open(db, organization)).isEqualTo(1);
    }

    @OnBothDatabases
    void a_key_may_have_fewer_than_its_organization(TestDatabase db) {
        OrganizationId organization = organization(db);
        db.writer().write("lane", tx -> {
            slots.setKey(tx, KEY, 0, 1);
            assertThat(slots.take(tx, organization, KEY)).isEqualTo(Taken.ACTIVE);
            assertThat(slots.take(tx, organization, KEY)).isEqualTo(Taken.KEY_FULL);
            assertThat(slots.take(tx, organization, new KeyId("keykeykeykey2"))).isNotEqualTo(Taken.KEY_FULL);
            assertThat(slots.refusal(tx, organization, KEY, Taken.KEY_FULL).facts())
                    .containsEntry("limit", 1L);
            return true;
        });
    }

    @OnBothDatabases
    void a_refusal_says_how_many_and_when_to_come_back(TestDatabase db) {
        OrganizationId organization = organization(db);
        Problem refusal = db.database().read(tx -> slots.refusal(tx, organization, KEY, Taken.ORGANIZATION_FULL));
        assertThat(refusal.code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
        assertThat(refusal.facts()).containsEntry("limit", 3L);
        assertThat(refusal.retryAfter()).isNotNull();
    }

    private static OrganizationId organization(TestDatabase db) {
        return new IdSource(db.clock(), new SecureRandom()).organization();
    }

    private boolean take(TestDatabase db, OrganizationId organization) {
        return db.writer().write("lane", tx -> open(slots.take(tx, organization, KEY)));
    }

    private static boolean open(Taken taken) {
        return taken == Taken.ACTIVE || taken == Taken.WAITING;
    }

    private long giveBack(TestDatabase db, OrganizationId organization) {
        return db.writer().write("lane", tx -> slots.giveBack(tx, organization, KEY, false));
    }

    private long open(TestDatabase db, OrganizationId organization) {
        return db.database().read(tx -> slots.open(tx, organization));
    }
}
