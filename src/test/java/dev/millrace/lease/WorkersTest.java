package dev.millrace.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final String KIND = "job";
    private static final WorkersSettings PATIENT = WorkersSettings.DEFAULTS.withPace(Duration.ofMinutes(5));

    private final DueWork dueWork = new DueWork();

    @OnBothDatabases
    void every_piece_of_work_is_done_once(TestDatabase test) {
        Set<String> done = ConcurrentHashMap.newKeySet();
        var runs = new AtomicInteger();
        WorkHandler handler = (claim, guard) -> {
            runs.incrementAndGet();
            finish(test.database(), claim);
            done.add(claim.id());
        };
        try (Workers workers = workers(test.database(), "node", PATIENT.withMaxRunning(32), handler)) {
            workers.start();
            for (int i = 0; i < 500; i++) {
                String id = "w" + i;
                test.writer().submit("org", tx -> {
                    tx.afterCommit(workers::wake);
                    return dueWork.add(tx, KIND, id, "org" + id.length(), Instant.EPOCH);
                });
            }
            Await.until("all is done", () -> done.size() == 500);
        }
        assertThat(runs).hasValue(500);
        assertThat(rows(test)).isZero();
    }

    @OnBothDatabases
    void no_more_runs_at_once_than_may(TestDatabase test) {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        WorkHandler handler = (claim, guard) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            finish(test.database(), claim);
            running.decrementAndGet();
            done.incrementAndGet();
        };
        addAll(test, 40);
        try (Workers workers = workers(test.database(), "node", PATIENT.withMaxRunning(3), handler)) {
            workers.start();
            Await.until("all is done", () -> done.get() == 40);
        }
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @OnBothDatabases
    void no_more_starts_at_once_than_may_and_the_rest_is_not_claimed(TestDatabase test) {
        var mayGoOn = new CountDownLatch(1);
        var started = new AtomicInteger();
        var mayEnd = new CountDownLatch(1);
        var done = new AtomicInteger();
        WorkHandler handler = (claim, guard) -> {
            started.incrementAndGet();
            mayGoOn.await();
            guard.underWay();
            guard.underWay(); // saying it twice counts once
            mayEnd.await();
            finish(test.database(), claim);
            done.incrementAndGet();
        };
        addAll(test, 40);
        try (Workers workers =
                workers(test.database(), "node", PATIENT.withMaxRunning(30).withMaxStarting(4), handler)) {
            workers.start();
            Await.until("four start", () -> started.get() == 4);
            assertThat(claimed(test)).isEqualTo(4);
            mayGoOn.countDown();
            Await.until("as many run as may", () -> started.get() == 30);
            assertThat(claimed(test)).isEqualTo(30);
            mayEnd.countDown();
            Await.until("all is done", () -> done.get() == 40);
        }
    }

    @OnBothDatabases
    void what_is_claimed_together_is_prepared_together_in_the_same_transaction(TestDatabase test) {
        var prepared = new ConcurrentLinkedQueue<Integer>();
        var seen = ConcurrentHashMap.<String>newKeySet();
        var done = new AtomicInteger();
        var handler = new WorkHandler() {
            @Override
            public WorkHandler prepared(Tx tx, List<Claim> claims) {
                prepared.add(claims.size());
                claims.forEach(claim -> assertThat(dueWork.holds(tx, claim)).isTrue());
                return (claim, guard) -> {
                    seen.add(claim.id());
                    work(claim, guard);
                };
            }

            @Override
            public void work(Claim claim, LeaseGuard guard) {
                finish(test.database(), claim);
                done.incrementAndGet();
            }
        };
        addAll(test, 40);
        try (Workers workers = workers(test.database(), "node", PATIENT.withMaxRunning(100), handler)) {
            workers.start();
            Await.until("all is done", () -> done.get() == 40);
        }
        assertThat(seen).hasSize(40);
        assertThat(prepared).containsExactly(40);
    }

    @Test
    void work_that_fails_is_due_again_after_a_pause() {
        try (TestDatabase test = TestDatabase.postgres()) {
            Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
            WorkHandler handler = (claim, guard) -> {
                attempts.add(claim.attempt());
                if (claim.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                }
                finish(test.database(), claim);
            };
            addAll(test, 1);
            var settings = new WorkersSettings(
                    1, 1, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(50));
            try (Workers workers = workers(test.database(), "node", settings, handler)) {
                workers.start();
                Await.until("the third attempt finishes", () -> rows(test) == 0);
            }
            assertThat(attempts).containsExactly(1, 2, 3);
        }
    }

    @Test
    void a_long_run_keeps_its_lease_by_heartbeats() {
        try (TestDatabase test = TestDatabase.postgres();
                Database other = test.another()) {
            var release = new CountDownLatch(1);
            var runs = new AtomicInteger();
            WorkHandler handler = (claim, guard) -> {
                runs.incrementAndGet();
                release.await();
                guard.check();
                finish(test.database(), claim);
            };
            addAll(test, 1);
            var settings = PATIENT.withLease(Duration.ofMillis(1_500), Duration.ofMillis(100))
                    .withPace(Duration.ofMillis(50));
            try (Workers one = workers(test.database(), "node-1", settings, handler);
                    Workers two = workers(other, "node-2", settings, handler)) {
                one.start();
                Await.until("it runs", () -> runs.get() == 1);
                two.start();
                test.letTimePass(Duration.ofMillis(3_500));
                release.countDown();
                Await.until("it is done", () -> rows(test) == 0);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void a_worker_that_can_not_renew_its_lease_stops_itself() {
        TestDatabase test = TestDatabase.postgres();
        var stopped = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        WorkHandler handler = (claim, guard) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                stopped.set(guard.lost());
            }
        };
        addAll(test, 1);
        var settings = PATIENT.withLease(Duration.ofMillis(600), Duration.ofMillis(100));
        try (Workers workers = workers(test.database(), "node", settings, handler)) {
            workers.start();
            Await.until("it runs", () -> begun.getCount() == 0);
            test.close();
            Await.until("it stopped, knowing that its lease may be gone", stopped::get);
        }
    }

    @OnBothDatabases
    void a_drain_lets_work_finish_and_gives_back_what_does_not(TestDatabase test) {
        var begun = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        WorkHandler handler = (claim, guard) -> {
            begun.countDown();
            if (claim.id().equals("w0")) {
                release.await();
            } else {
                new CountDownLatch(1).await();
            }
            finish(test.database(), claim);
        };
        addAll(test, 2);
        Workers workers = workers(test.database(), "node", PATIENT, handler);
        workers.start();
        Await.until("both run", () -> begun.getCount() == 0);
        release.countDown();
        workers.drain(Duration.ofMillis(200));
        assertThat(workers.running()).isZero();
        assertThat(test.writer()
                        .<List<Claim>>write("x", tx -> dueWork.claim(tx, KIND, "other", 5, Duration.ofSeconds(30))))
                .extracting(Claim::id)
                .containsExactly("w1");
    }

    @Test
    void what_a_handler_left_unfinished_is_due_again() {
        try (TestDatabase test = TestDatabase.postgres()) {
            var runs = new AtomicInteger();
            WorkHandler handler = (claim, guard) -> {
                if (claim.id().equals("w0") && runs.incrementAndGet() == 1) {
                    return; // a bug: neither finished nor rescheduled
                }
                if (claim.id().equals("w1")) {
                    new CountDownLatch(1).await(); // keeps the heartbeat going
                }
                finish(test.database(), claim);
            };
            addAll(test, 2);
            var settings = new WorkersSettings(
                    4, 4, Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(10));
            try (Workers workers = workers(test.database(), "node", settings, handler)) {
                workers.start();
                Await.until("it was done after all", () -> rows(test) == 1);
            }
            assertThat(runs).hasValue(2);
        }
    }

    private Workers workers(Database database, String owner, WorkersSettings settings, WorkHandler handler) {
        return new Workers(database, dueWork, KIND, owner, settings, handler, new SimpleMeterRegistry());
    }

    private void finish(Database database, Claim claim) {
        boolean ours = database.writer().<Boolean>write(claim.part(), tx -> dueWork.finish(tx, claim));
        assertThat(ours).isTrue();
    }

    private void addAll(TestDatabase test, int count) {
        for (int i = 0; i < count; i++) {
            String id = "w" + i;
            test.writer().write("org", tx -> dueWork.add(tx, KIND, id, "org", Instant.EPOCH));
        }
    }

    private static long claimed(TestDatabase test) {
        return test.database().<Long>read(tx -> tx.count("select count(*) from due_work where owner is not null"));
    }

    private static long rows(TestDatabase test) {
        return test.database().<Long>read(tx -> tx.count("select count(*) from due_work"));
    }
}
