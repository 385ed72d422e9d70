package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.TxWork;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobSlotsTest {
    private final JobSlots slots = new JobSlots(new LimitSettings(1, 1, 3));

    @OnBothDatabases
    void an_organization_has_so_many_open_jobs(TestDatabase db) {
        OrganizationId organization = organization(db);
        for (int i = 0; i < 3; i++) {
            assertThat(take(db, organization)).isTrue();
        }
        assertThat(take(db, organization)).isFalse();
        assertThat(take(db, organization(db))).as("another organization").isTrue();
        assertThat(giveBack(db, organization)).isTrue();
        assertThat(take(db, organization)).isTrue();
        assertThat(open(db, organization)).isEqualTo(3);
    }

    @OnBothDatabases
    void what_nobody_took_can_not_be_given_back(TestDatabase db) {
        OrganizationId organization = organization(db);
        assertThat(giveBack(db, organization)).isFalse();
        take(db, organization);
        assertThat(giveBack(db, organization)).isTrue();
        assertThat(giveBack(db, organization)).isFalse();
        assertThat(open(db, organization)).isZero();
    }

    @OnBothDatabases
    void a_slot_comes_back_with_the_transaction_that_failed(TestDatabase db) {
        OrganizationId organization = organization(db);
        TxWork<Void> failing = tx -> {
            assertThat(slots.take(tx, organization)).isTrue();
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
            taken.add(db.writer().submit("lane" + i, tx -> slots.take(tx, organization)));
        }
        assertThat(taken.stream().filter(CompletableFuture::join)).hasSize(3);
        assertThat(open(db, organization)).isEqualTo(3);
    }

    @Test
    void a_refusal_says_how_many_and_when_to_come_back() {
        assertThat(slots.refusal().code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
        assertThat(slots.refusal().facts()).containsEntry("limit", 3);
        assertThat(slots.refusal().retryAfter()).isNotNull();
    }

    private static OrganizationId organization(TestDatabase db) {
        return new IdSource(db.clock(), new SecureRandom()).organization();
    }

    private boolean take(TestDatabase db, OrganizationId organization) {
        return db.writer().write("lane", tx -> slots.take(tx, organization));
    }

    private boolean giveBack(TestDatabase db, OrganizationId organization) {
        return db.writer().write("lane", tx -> slots.giveBack(tx, organization));
    }

    private long open(TestDatabase db, OrganizationId organization) {
        return db.database().read(tx -> slots.open(tx, organization));
    }
}
