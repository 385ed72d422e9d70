package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final String LANE = "lane";

    @OnBothDatabases
    void a_unit_that_fails_is_undone_alone_and_its_neighbours_stand(TestDatabase test) {
        Notes.create(test.database());
        var release = new CountDownLatch(1);
        Notes.hold(test.writer(), LANE, release);
        var before = test.writer().<Integer>submit(LANE, tx -> note(tx, "before", 1));
        var failing = test.writer().<Integer>submit(LANE, tx -> {
            note(tx, "failing", 2);
            throw new IllegalArgumentException("no");
        });
        var broken = test.writer().<Integer>submit(LANE, tx -> {
            note(tx, "broken", 3);
            return note(tx, "before", 3);
        });
        var after = test.writer().<Integer>submit(LANE, tx -> note(tx, "after", 4));
        release.countDown();

        assertThat(before.join()).isEqualTo(1);
        assertThat(after.join()).isEqualTo(4);
        assertThatThrownBy(failing::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(broken::join).hasCauseInstanceOf(DatabaseException.class);
        assertThat(Notes.ids(test.database())).containsExactly("before", "after");
    }

    @OnBothDatabases
    void a_unit_that_swallows_the_failure_of_a_statement_fails_all_the_same(TestDatabase test) {
        Notes.create(test.database());
        assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> {
                    note(tx, "x", 1);
                    try {
                        note(tx, "x", 1);
                    } catch (DatabaseException swallowed) {
                        return 0;
                    }
                    return 1;
                }))
                .isInstanceOf(DatabaseException.class);
        assertThat(Notes.ids(test.database())).isEmpty();
    }

    @OnBothDatabases
    void a_unit_that_only_read_before_it_failed_does_not_make_its_neighbours_run_again(TestDatabase test) {
        Notes.create(test.database());
        var runs = new AtomicInteger();
        var release = new CountDownLatch(1);
        Notes.hold(test.writer(), LANE, release);
        var written = test.writer().<Integer>submit(LANE, tx -> note(tx, "x", runs.incrementAndGet()));
        var refused = test.writer().<Integer>submit(LANE, tx -> {
            assertThat(tx.count("select count(*) from note")).isEqualTo(1);
            throw new IllegalArgumentException("no");
        });
        release.countDown();
        assertThat(written.join()).isEqualTo(1);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(runs).hasValue(1);
    }

    @OnBothDatabases
    void units_of_one_lane_run_in_the_order_in_which_they_came(TestDatabase test) {
        Notes.create(test.database());
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 2_000)
                .mapToObj(i -> test.writer().<Integer>submit(LANE, tx -> {
                    tx.afterCommit(() -> order.add(i));
                    return note(tx, "n" + i, i);
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(order).isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        assertThat(Notes.ids(test.database())).hasSize(2_000);
    }

    @OnBothDatabases
    void signals_run_after_a_commit_and_never_for_a_unit_that_failed(TestDatabase test) {
        Notes.create(test.database());
        List<String> signals = new ArrayList<>();
        test.writer().write(LANE, tx -> {
            tx.afterCommit(() -> signals.add("seen: " + Notes.ids(test.database())));
            return note(tx, "good", 1);
        });
        assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> {
                    tx.afterCommit(() -> signals.add("bad"));
                    note(tx, "bad", 2);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(signals).containsExactly("seen: [good]");
    }

    @OnBothDatabases
    void a_unit_that_writes_through_the_writer_is_refused_instead_of_waiting_for_itself(TestDatabase test) {
        assertThatThrownBy(() ->
                        test.writer().<Long>write(LANE, tx -> test.writer().write(LANE, inner -> 1L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bug");
    }

    @OnBothDatabases
    void a_conditional_update_says_who_won_and_more_rows_are_a_bug(TestDatabase test) {
        Notes.create(test.database());
        test.writer().write(LANE, tx -> note(tx, "a", 1) + note(tx, "b", 1));
        String sql = "update note set n = n + 1 where n = ?";
        assertThatThrownBy(() -> test.writer().<Boolean>write(LANE, tx -> tx.won(sql, 1L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bug");
        assertThat(test.writer().<Boolean>write(LANE, tx -> tx.won(sql + " and id = ?", 1L, "a")))
                .isTrue();
        assertThat(test.writer().<Boolean>write(LANE, tx -> tx.won(sql + " and id = ?", 1L, "a")))
                .isFalse();
    }

    @OnBothDatabases
    void a_closed_writer_finishes_what_has_queued_and_refuses_the_rest(TestDatabase test) {
        Notes.create(test.database());
        var release = new CountDownLatch(1);
        Notes.hold(test.writer(), LANE, release);
        Writer writer = test.writer();
        var queued = writer.<Integer>submit(LANE, tx -> note(tx, "queued", 1));
        release.countDown();
        Database again = test.reopen();
        assertThat(queued.join()).isEqualTo(1);
        assertThat(Notes.ids(again)).containsExactly("queued");
        assertThatThrownBy(() -> writer.<Integer>write(LANE, tx -> note(tx, "late", 2)))
                .isInstanceOfSatisfying(ProblemException.class, WriterTest::isOutage);
    }

    @Test
    void rows_that_go_out_together_are_answered_as_they_are_when_one_of_them_fails() {
        try (TestDatabase test = TestDatabase.postgres()) {
            Notes.create(test.database());
            String sql = """
                    insert into note (id, n) select id, n from unnest(?::text[], ?::bigint[]) as a (id, n) where n < 100""";
            var release = new CountDownLatch(1);
            Notes.hold(test.writer(), LANE, release);
            var won = IntStream.of(1, 2, 100, 3)
                    .mapToObj(i -> test.writer().<Boolean>submit(LANE, tx -> tx.wonTogether(sql, "n" + i, i)))
                    .toList();
            var twice = test.writer().<Boolean>submit(LANE, tx -> tx.wonTogether(sql, "n1", 4));
            var last = test.writer().<Boolean>submit(LANE, tx -> tx.wonTogether(sql, "n5", 5));
            release.countDown();
            assertThat(won.stream().map(CompletableFuture::join)).containsExactly(true, true, false, true);
            assertThatThrownBy(twice::join).hasCauseInstanceOf(DatabaseException.class);
            assertThat(last.join()).isTrue();
            assertThat(Notes.ids(test.database())).containsExactly("n1", "n2", "n3", "n5");
        }
    }

    @Test
    void a_full_lane_refuses_with_a_time_to_retry_after() {
        try (TestDatabase test =
                TestDatabase.sqlite(settings -> new DatabaseSettings(settings.url(), null, null, 1, 1, 2, 3))) {
            var release = new CountDownLatch(1);
            Notes.hold(test.writer(), LANE, release);
            var queued = IntStream.range(0, 3)
                    .mapToObj(i -> test.writer().<Integer>submit(LANE, tx -> i))
                    .toList();
            assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> 4))
                    .isInstanceOfSatisfying(ProblemException.class, WriterTest::isOutage);
            release.countDown();
            assertThat(queued.stream().map(CompletableFuture::join)).containsExactly(0, 1, 2);
        }
    }

    static void isOutage(ProblemException e) {
        assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(e.problem().retryAfter()).isPositive();
    }

    private static int note(Tx tx, String id, int number) {
        Notes.add(tx, id, number);
        return number;
    }
}
