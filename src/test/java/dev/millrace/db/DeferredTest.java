package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.IdSource;
import dev.millrace.id.JobId;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Writes that nobody waits for go out together, in any order that can not be told from theirs. */
class DeferredTest {
    private static final String LANE = "org";
    private static final String INSERT = "insert into note (id, n) values (?, ?)";
    private static final String ADD = "update note set n = n + ? where id = ?";
    private static final String TIMES = "update note set n = n * ? where id = ?";

    private final IdSource ids = new IdSource(InstantSource.system(), new Random(1));

    @OnBothDatabases
    void writes_about_one_thing_keep_their_order(TestDatabase test) {
        Notes.create(test.database());
        List<JobId> jobs = IntStream.range(0, 50).mapToObj(i -> ids.job()).toList();
        together(test, tx -> {
            for (JobId job : jobs) {
                later(tx, job, INSERT, job, 1);
            }
        });
        // What one unit adds, the next multiplies, and the third adds to again: another order would make another
        // number.
        List<Work> units = new ArrayList<>();
        for (JobId job : jobs) {
            units.add(tx -> later(tx, job, ADD, 2, job));
            units.add(tx -> later(tx, job, TIMES, 10, job));
            units.add(tx -> later(tx, job, ADD, 4, job));
        }
        together(test, units.toArray(Work[]::new));
        assertThat(numbers(test)).hasSize(50).containsOnly(34L);
    }

    @OnBothDatabases
    void a_write_about_anything_keeps_its_place_among_all(TestDatabase test) {
        Notes.create(test.database());
        JobId one = ids.job();
        JobId other = ids.job();
        together(
                test,
                tx -> later(tx, one, INSERT, one, 1),
                tx -> tx.later("update note set n = n + 1"),
                tx -> later(tx, other, INSERT, other, 1),
                tx -> later(tx, one, ADD, 5, one),
                tx -> tx.later("update note set n = n * 3"),
                tx -> later(tx, other, ADD, 7, other),
                tx -> later(tx, one, TIMES, 2, one));
        // (1 + 1 + 5) * 3 * 2, and 1 * 3 + 7.
        assertThat(numbers(test)).containsExactlyInAnyOrder(42L, 10L);
    }

    @OnBothDatabases
    void what_does_not_come_true_is_told_to_its_unit_alone(TestDatabase test) {
        Notes.create(test.database());
        JobId there = ids.job();
        JobId absent = ids.job();
        together(test, tx -> later(tx, there, INSERT, there, 1));
        List<CompletableFuture<Boolean>> told = batch(
                test,
                List.of(
                        tx -> wonLater(tx, there, ADD, 1, there),
                        tx -> wonLater(tx, absent, ADD, 1, absent),
                        tx -> wonLater(tx, there, TIMES, 7, there)));
        assertThat(told.stream().map(CompletableFuture::join)).containsExactly(true, false, true);
        assertThat(numbers(test)).containsExactly(14L);
    }

    /** A unit without a result. */
    private interface Work {
        void run(Tx tx);
    }

    private static void later(Tx tx, JobId about, String sql, Object... args) {
        tx.about(about);
        tx.later(sql, args);
    }

    private static boolean wonLater(Tx tx, JobId about, String sql, Object... args) {
        tx.about(about);
        return tx.wonLater(sql, args);
    }

    private static void together(TestDatabase test, Work... works) {
        List<TxWork<Boolean>> units = new ArrayList<>();
        for (Work work : works) {
            units.add(tx -> {
                work.run(tx);
                return true;
            });
        }
        batch(test, units).forEach(CompletableFuture::join);
    }

    /** Runs the units in one batch. */
    private static List<CompletableFuture<Boolean>> batch(TestDatabase test, List<TxWork<Boolean>> units) {
        var all = new CountDownLatch(1);
        Notes.hold(test.writer(), LANE, all);
        List<CompletableFuture<Boolean>> told =
                units.stream().map(unit -> test.writer().submit(LANE, unit)).toList();
        all.countDown();
        told.forEach(one -> one.exceptionally(failure -> false).join());
        return told;
    }

    private static List<Long> numbers(TestDatabase test) {
        return test.database().read(tx -> tx.list("select n from note", row -> row.number("n")));
    }
}
