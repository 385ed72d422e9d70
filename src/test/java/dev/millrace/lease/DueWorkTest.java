package dev.millrace.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class DueWorkTest {
    private static final String KIND = "job";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Instant AT_ONCE = Instant.EPOCH;

    private final DueWork dueWork = new DueWork();

    @OnBothDatabases
    void work_is_claimed_once_and_in_the_order_in_which_it_came(TestDatabase test) {
        add(test, "org", "a", "b", "c");
        assertThat(ids(claim(test, "node-1", 2))).containsExactly("a", "b");
        assertThat(ids(claim(test, "node-2", 2))).containsExactly("c");
        assertThat(claim(test, "node-1", 2)).isEmpty();
    }

    @OnBothDatabases
    void adding_work_again_changes_nothing(TestDatabase test) {
        add(test, "org", "a");
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.add(tx, KIND, "a", "other", AT_ONCE)))
                .isFalse();
        assertThat(claim(test, "node", 5)).extracting(Claim::part).containsExactly("org");
    }

    @OnBothDatabases
    void kinds_do_not_see_each_other(TestDatabase test) {
        add(test, "org", "a");
        assertThat(test.writer().<List<Claim>>write("x", tx -> dueWork.claim(tx, "other", "node", 5, LEASE)))
                .isEmpty();
    }

    @OnBothDatabases
    void a_stalled_owner_is_refused_by_its_fence_once_another_has_claimed(TestDatabase test) {
        add(test, "org", "a");
        Claim stalled = claim(test, "node-1", 1, SHORT).getFirst();
        assertThat(holds(test, stalled)).isTrue();
        test.letTimePass(SHORT);
        Claim fresh = claim(test, "node-2", 1).getFirst();
        assertThat(fresh.fence()).isGreaterThan(stalled.fence());
        assertThat(fresh.attempt()).isEqualTo(2);

        assertThat(holds(test, stalled)).isFalse();
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.finish(tx, stalled)))
                .isFalse();
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.reschedule(tx, stalled, AT_ONCE)))
                .isFalse();
        assertThat(renew(test, "node-1")).isFalse();
        assertThat(holds(test, fresh)).isTrue();
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.finish(tx, fresh)))
                .isTrue();
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.finish(tx, fresh)))
                .isFalse();
    }

    @OnBothDatabases
    void a_renewed_lease_keeps_others_away(TestDatabase test) {
        add(test, "org", "a");
        Claim claim = claim(test, "node-1", 1, SHORT).getFirst();
        assertThat(renew(test, "node-1")).isTrue();
        test.letTimePass(SHORT);
        assertThat(claim(test, "node-2", 1)).isEmpty();
        assertThat(holds(test, claim)).isTrue();
    }

    @OnBothDatabases
    void work_is_not_claimed_before_it_is_due(TestDatabase test) {
        test.writer()
                .write("x", tx -> dueWork.add(tx, KIND, "later", "org", tx.now().plus(SHORT)));
        assertThat(claim(test, "node", 1)).isEmpty();
        test.letTimePass(SHORT);
        Claim claim = claim(test, "node", 1).getFirst();
        assertThat(test.writer()
                        .<Boolean>write(
                                "x",
                                tx -> dueWork.reschedule(tx, claim, tx.now().plus(SHORT))))
                .isTrue();
        assertThat(claim(test, "node", 1)).isEmpty();
        assertThat(holds(test, claim)).isFalse();
        test.letTimePass(SHORT);
        assertThat(claim(test, "node", 1)).extracting(Claim::attempt).containsExactly(2);
    }

    @OnBothDatabases
    void only_unclaimed_work_can_be_removed(TestDatabase test) {
        add(test, "org", "a", "b");
        claim(test, "node", 1);
        assertThat(remove(test, "a")).isFalse();
        assertThat(remove(test, "b")).isTrue();
        assertThat(remove(test, "b")).isFalse();
        assertThat(claim(test, "node", 5)).isEmpty();
    }

    @OnBothDatabases
    void the_position_counts_what_is_ahead(TestDatabase test) {
        add(test, "org", "a", "b", "c");
        add(test, "other", "d");
        assertThat(position(test, "a", 10)).isZero();
        assertThat(position(test, "d", 10)).isEqualTo(1);
        assertThat(position(test, "c", 10)).isEqualTo(3);
        assertThat(position(test, "c", 2)).isEqualTo(2);
        claim(test, "node", 1);
        assertThat(position(test, "a", 10)).isZero();
        assertThat(position(test, "c", 10)).isEqualTo(2);
        assertThat(position(test, "none", 10)).isZero();
    }

    @OnBothDatabases
    void a_huge_backlog_of_one_part_does_not_delay_the_small_ones(TestDatabase test) {
        test.writer()
                .write(
                        "x",
                        tx -> IntStream.range(0, 10_000)
                                .filter(i -> dueWork.add(tx, KIND, "big-%05d".formatted(i), "big", AT_ONCE))
                                .count());
        claim(test, "node", 100);
        for (int part = 0; part < 10; part++) {
            add(test, "small-" + part, "small-" + part + "-a", "small-" + part + "-b");
        }
        List<String> next = ids(claim(test, "node", 24));
        assertThat(next).filteredOn(id -> id.startsWith("small")).hasSize(20);
    }

    @OnBothDatabases
    void who_comes_back_after_an_idle_time_does_not_overtake_who_waited(TestDatabase test) {
        add(test, "a", "a1", "a2", "a3");
        claim(test, "node", 2);
        add(test, "b", "b1", "b2", "b3");
        assertThat(ids(claim(test, "node", 4))).containsExactly("a3", "b1", "b2", "b3");
        add(test, "a", "a4");
        add(test, "b", "b4", "b5");
        assertThat(ids(claim(test, "node", 3))).containsExactly("a4", "b4", "b5");
    }

    @OnBothDatabases
    void what_others_left_claimed_is_taken_over_by_the_only_node(TestDatabase test) {
        add(test, "org", "a", "b");
        Claim old = claim(test, "before the crash", 1).getFirst();
        assertThat(test.writer().<Integer>write("x", tx -> dueWork.takeOver(tx, KIND, "now")))
                .isEqualTo(1);
        assertThat(ids(claim(test, "now", 2))).containsExactly("a", "b");
        assertThat(holds(test, old)).isFalse();
    }

    @OnBothDatabases
    void what_a_node_leaves_in_good_order_was_never_claimed(TestDatabase test) {
        add(test, "org", "a", "b");
        Claim left = claim(test, "node-1", 1).getFirst();
        test.writer().write("x", tx -> dueWork.leave(tx, KIND, "node-1", 10));
        assertThat(holds(test, left)).isFalse();
        assertThat(claim(test, "node-2", 1)).containsExactly(new Claim(KIND, "a", "org", 2, 1));
    }

    @OnBothDatabases
    void priorities_decide_within_a_part_and_take_no_turn_from_another(TestDatabase test) {
        add(test, "a", "a1", "a2", "a3", "a4");
        add(test, "b", "b1", "b2", "b3");
        test.writer().write("x", tx -> dueWork.add(tx, KIND, "a-high", "a", AT_ONCE, -1));
        test.writer().write("x", tx -> dueWork.add(tx, KIND, "a-low", "a", AT_ONCE, 1));
        assertThat(position(test, "a-high", 10)).isZero();
        assertThat(position(test, "a-low", 10)).isEqualTo(8);
        assertThat(position(test, "a4", 20)).isEqualTo(7);
        assertThat(ids(claim(test, "node", 3))).containsExactly("a-high", "b1", "a1");
        assertThat(ids(claim(test, "node", 2))).containsExactly("b2", "a2");
        assertThat(ids(claim(test, "node", 9))).containsExactly("b3", "a3", "a4", "a-low");
    }

    @OnBothDatabases
    void parked_work_waits_until_it_is_let_go(TestDatabase test) {
        for (String id : List.of("p1", "p2", "p3")) {
            test.writer().write("x", tx -> dueWork.park(tx, KIND, id, "org", id.equals("p3") ? -1 : 0));
        }
        test.writer().write("x", tx -> dueWork.park(tx, KIND, "q1", "other", 0));
        assertThat(claim(test, "node", 9)).isEmpty();
        assertThat(position(test, "p2", 9)).isEqualTo(2);
        for (String id : List.of("p3", "p1")) {
            assertThat(test.writer().<Boolean>write("x", tx -> dueWork.unpark(tx, KIND, "org", id)))
                    .isTrue();
        }
        assertThat(ids(claim(test, "node", 9))).containsExactlyInAnyOrder("p1", "p3");
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.removeParked(tx, KIND, "p1")))
                .isFalse();
        assertThat(test.writer().<Boolean>write("x", tx -> dueWork.removeParked(tx, KIND, "p2")))
                .isTrue();
        for (String id : List.of("p1", "p2", "none")) {
            assertThat(test.writer().<Boolean>write("x", tx -> dueWork.unpark(tx, KIND, "org", id)))
                    .isFalse();
        }
    }

    private void add(TestDatabase test, String part, String... ids) {
        for (String id : ids) {
            test.writer().write(part, tx -> dueWork.add(tx, KIND, id, part, AT_ONCE));
        }
    }

    private List<Claim> claim(TestDatabase test, String owner, int max) {
        return claim(test, owner, max, LEASE);
    }

    private List<Claim> claim(TestDatabase test, String owner, int max, Duration lease) {
        return test.writer().write("x", tx -> dueWork.claim(tx, KIND, owner, max, lease));
    }

    private boolean renew(TestDatabase test, String owner) {
        return test.writer().write("x", tx -> dueWork.renew(tx, KIND, owner, LEASE));
    }

    private boolean holds(TestDatabase test, Claim claim) {
        return test.writer().<Boolean>write("x", tx -> dueWork.holds(tx, claim));
    }

    private boolean remove(TestDatabase test, String id) {
        return test.writer().<Boolean>write("x", tx -> dueWork.removeUnclaimed(tx, KIND, id));
    }

    private long position(TestDatabase test, String id, int cap) {
        return test.database().<Long>read(tx -> dueWork.position(tx, KIND, id, cap));
    }

    private static List<String> ids(List<Claim> claims) {
        return claims.stream().map(Claim::id).toList();
    }
}
