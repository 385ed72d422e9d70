package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.FaultProxy;
import dev.millrace.testkit.FaultProxy.Fault;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What callers are told while PostgreSQL is away, and that everything goes on by itself when it comes back. */
class OutageTest {
    private static final String LANE = "lane";

    @Test
    void a_stopped_server_is_a_truthful_unavailable_and_its_return_is_noticed_within_ten_seconds() {
        try (LocalPostgres server = LocalPostgres.start();
                TestDatabase test = TestDatabase.postgres(server, server.port())) {
            Notes.create(test.database());
            test.writer().write(LANE, tx -> add(tx, "before"));
            server.stopImmediately();
            assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> add(tx, "meanwhile")))
                    .isInstanceOfSatisfying(ProblemException.class, WriterTest::isOutage);
            assertThatThrownBy(() -> Notes.ids(test.database()))
                    .isInstanceOfSatisfying(ProblemException.class, WriterTest::isOutage);
            server.startAgain();
            Await.until(
                    "writes go through again",
                    Duration.ofSeconds(10),
                    () -> succeeds(() -> test.writer().write(LANE, tx -> add(tx, "after"))));
            Await.until(
                    "reads go through again", Duration.ofSeconds(10), () -> succeeds(() -> Notes.ids(test.database())));
            assertThat(Notes.ids(test.database())).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_when_the_server_crashes_under_load() {
        try (LocalPostgres server = LocalPostgres.start();
                TestDatabase test = TestDatabase.postgres(server, server.port())) {
            Notes.create(test.database());
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            var open = new AtomicBoolean(true);
            var numbers = new AtomicInteger();
            List<Thread> callers = IntStream.range(0, 32)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        while (open.get()) {
                            String id = "n" + numbers.incrementAndGet();
                            if (succeeds(() -> test.writer().write(LANE + i, tx -> add(tx, id)))) {
                                acknowledged.add(id);
                            }
                        }
                    }))
                    .toList();
            Await.until("the load runs", () -> acknowledged.size() > 500);
            server.stopImmediately();
            server.startAgain();
            int soFar = acknowledged.size();
            Await.until("the load runs again", Duration.ofSeconds(10), () -> acknowledged.size() > soFar + 500);
            open.set(false);
            callers.forEach(OutageTest::join);
            Await.until("reads are answered again", () -> succeeds(() -> Notes.ids(test.database())));
            assertThat(Notes.ids(test.database())).containsAll(acknowledged);
        }
    }

    @Test
    void a_commit_whose_answer_is_lost_is_found_out_and_not_done_twice() {
        withProxy((test, proxy) -> {
            proxy.onNextCommit(Fault.DROP_ANSWER);
            assertThat(test.writer().<Integer>write(LANE, tx -> add(tx, "once")))
                    .isEqualTo(1);
            assertThat(proxy.struck()).isEqualTo(1);
            assertThat(Notes.ids(test.database())).containsExactly("once");
        });
    }

    @Test
    void a_commit_that_never_reached_the_server_is_found_out_and_done_again() {
        withProxy((test, proxy) -> {
            proxy.onNextCommit(Fault.DROP_COMMIT);
            var signals = new AtomicInteger();
            assertThat(test.writer().<Integer>write(LANE, tx -> {
                        tx.afterCommit(signals::incrementAndGet);
                        return add(tx, "again");
                    }))
                    .isEqualTo(1);
            assertThat(proxy.struck()).isEqualTo(1);
            assertThat(signals).hasValue(1);
            assertThat(Notes.ids(test.database())).containsExactly("again");
        });
    }

    @Test
    void a_commit_whose_fate_can_not_be_learnt_is_said_to_be_unknown() {
        withProxy((test, proxy) -> {
            test.writer().write(LANE, tx -> add(tx, "before"));
            proxy.onNextCommit(Fault.DROP_ANSWER);
            proxy.refuse(true);
            assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> add(tx, "who knows")))
                    .isInstanceOf(CommitUnknownException.class);
            proxy.refuse(false);
            Await.until(
                    "writes go through again",
                    Duration.ofSeconds(10),
                    () -> succeeds(() -> test.writer().write(LANE, tx -> add(tx, "after"))));
            assertThat(Notes.ids(test.database())).containsExactlyInAnyOrder("before", "who knows", "after");
        });
    }

    @Test
    void a_connection_that_broke_while_idle_costs_its_caller_nothing() {
        withProxy((test, proxy) -> {
            test.writer().write(LANE, tx -> add(tx, "a"));
            proxy.cut();
            assertThat(test.writer().<Integer>write(LANE, tx -> add(tx, "b"))).isEqualTo(1);
            proxy.cut();
            assertThat(Notes.ids(test.database())).containsExactlyInAnyOrder("a", "b");
        });
    }

    @Test
    void transactions_that_lock_each_other_out_are_run_again() {
        try (TestDatabase test = TestDatabase.postgres();
                Database other = test.another()) {
            Notes.create(test.database());
            test.writer().write(LANE, tx -> add(tx, "a") + add(tx, "b"));
            var bothHoldOne = new CountDownLatch(2);
            var first = test.writer().<Integer>submit("lane 1", tx -> swap(tx, "a", "b", bothHoldOne));
            var second = other.writer().<Integer>submit("lane 2", tx -> swap(tx, "b", "a", bothHoldOne));
            CompletableFuture.allOf(first, second).join();
            assertThat(test.database().<Long>read(tx -> tx.count("select sum(n) from note")))
                    .isEqualTo(6);
        }
    }

    private static int swap(Tx tx, String one, String two, CountDownLatch bothHoldOne) {
        tx.update("update note set n = n + 1 where id = ?", one);
        bothHoldOne.countDown();
        Await.until("the other holds its row", () -> bothHoldOne.getCount() == 0);
        return tx.update("update note set n = n + 1 where id = ?", two);
    }

    private static void withProxy(ProxyTest body) {
        LocalPostgres server = LocalPostgres.shared();
        try (FaultProxy proxy = FaultProxy.to(server.port());
                TestDatabase test = TestDatabase.postgres(server, proxy.port())) {
            Notes.create(test.database());
            body.run(test, proxy);
        }
    }

    private static int add(Tx tx, String id) {
        Notes.add(tx, id, 1);
        return 1;
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (ProblemException | CommitUnknownException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface ProxyTest {
        void run(TestDatabase test, FaultProxy proxy);
    }
}
