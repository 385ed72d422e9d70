package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.pictures;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that die, freeze or leave at any checkpoint: the job ends once all the same, and is charged once. */
class JobCrashTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Money PRICE = Money.usd("0.05");
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    /** What a worker that dies throws: it passes everything that handles failures. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Has the first worker that passes the checkpoint die there. */
    private static void dieOnceAt(TestingRooms rooms, Checkpoint checkpoint) {
        AtomicInteger passes = new AtomicInteger();
        rooms.signals.on(checkpoint, () -> {
            if (passes.getAndIncrement() == 0) {
                throw new Died();
            }
        });
    }

    private static Job afterDeathAt(TestingRooms rooms, Checkpoint checkpoint, TestingMediaProvider upstream) {
        dieOnceAt(rooms, checkpoint);
        Jobs jobs = rooms.running(upstream);
        JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
        Await.until("the job has ended after " + checkpoint, () -> {
            dueNow(rooms.db);
            return jobs.find(rooms.organization, id).orElseThrow().state().terminal();
        });
        return jobs.find(rooms.organization, id).orElseThrow();
    }

    /** Clocks stand still, or can not be moved: what waits for a retry becomes due by hand. */
    private static void dueNow(TestDatabase db) {
        db.writer().write("x", tx -> tx.update("update due_work set due_at = 0 where owner is null and rank is null"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {
                "CLAIMED",
                "SUBMITTED",
                "SUBMIT_STORED",
                "POLLED",
                "ASSET_PARTIAL",
                "ASSET_STORED",
                "FINISH_BEFORE_COMMIT"
            })
    void a_repeatable_job_whose_worker_died_anywhere_is_one_upstream_job_and_one_charge(Checkpoint checkpoint) {
        for (SqlDialect dialect : SqlDialect.values()) {
            TestingMediaProvider upstream = new TestingMediaProvider("one");
            try (TestDatabase db = TestDatabase.open(dialect);
                    TestingRooms rooms = new TestingRooms(db)) {
                Job job = afterDeathAt(rooms, checkpoint, upstream);
                assertThat(job.state()).isEqualTo(JobState.COMPLETED);
                assertThat(upstream.distinct()).isEqualTo(1);
                assertThat(rooms.spent()).isEqualTo(PRICE);
                assertThat(rooms.assets.open(job.outputs().getFirst().asset())).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {"SUBMIT_INTENT", "SUBMITTED"})
    void what_may_not_be_submitted_twice_ends_unknown_and_released(Checkpoint checkpoint) {
        for (SqlDialect dialect : SqlDialect.values()) {
            TestingMediaProvider upstream = new TestingMediaProvider("one");
            upstream.idempotent = false;
            try (TestDatabase db = TestDatabase.open(dialect);
                    TestingRooms rooms = new TestingRooms(db)) {
                Job job = afterDeathAt(rooms, checkpoint, upstream);
                assertThat(job.state()).isEqualTo(JobState.FAILED);
                assertThat(job.problem()).isEqualTo(ProblemCode.UPSTREAM_UNKNOWN);
                assertThat(upstream.submissions).hasSize(checkpoint == Checkpoint.SUBMITTED ? 1 : 0);
                assertThat(rooms.spent()).isEqualTo(Money.ZERO);
                assertThat(db.database().<Long>read(tx -> tx.count("select exposed from jobs where id = ?", job.id())))
                        .isEqualTo(1);
            }
        }
    }

    @OnBothDatabases
    void what_was_submitted_once_and_stored_goes_on(TestDatabase db) {
        one.idempotent = false;
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(afterDeathAt(rooms, Checkpoint.SUBMIT_STORED, one).state())
                    .isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
        }
    }

    @OnBothDatabases
    void a_frozen_worker_that_wakes_up_after_another_took_over_changes_nothing(TestDatabase db) throws Exception {
        CountDownLatch frozen = new CountDownLatch(1);
        Semaphore thaw = new Semaphore(0);
        TestingMediaProvider slow = new TestingMediaProvider("one");
        slow.poll = (call, id) -> {
            frozen.countDown();
            thaw.acquireUninterruptibly();
            return pictures(4);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs first = rooms.running(slow);
            Job job = first.accept(rooms.image("x"), OPTIONS).job();
            frozen.await();
            // Whoever starts now takes the claim over, as if the lease had run out.
            db.writer().write("x", tx -> tx.update("update due_work set lease_until = 0 where kind = 'job'"));
            Jobs second = rooms.running(one);
            Job ended = second.await(rooms.organization, job.id(), SOON);
            assertThat(ended.charge()).isEqualTo(PRICE);
            thaw.release(1000);
            rooms.stop();
            assertThat(rooms.spent()).isEqualTo(PRICE);
            assertThat(JobLifeTest.files(rooms.folder.resolve("assets"))).isEqualTo(1);
        }
    }

    @OnBothDatabases
    void a_node_that_stops_gives_its_jobs_back_and_the_next_goes_on_without_submitting(TestDatabase db)
            throws Exception {
        Function<Boolean, TestingMediaProvider.Poll> polls = done -> (call, id) -> done ? pictures(1) : running(30);
        one.poll = polls.apply(false);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs first = rooms.running(one);
            Job job = first.accept(rooms.image("x"), OPTIONS).job();
            Await.until(
                    "it runs",
                    () -> first.find(rooms.organization, job.id()).orElseThrow().progress() == 30);
            rooms.stop();
            assertThat(db.database()
                            .<Long>read(
                                    tx -> tx.count("select count(*) from due_work where kind = 'job' and owner is null"
                                            + " and rank is not null and attempts = 0")))
                    .isEqualTo(1);
            one.poll = polls.apply(true);
            Jobs second = rooms.running(one);
            assertThat(second.await(rooms.organization, job.id(), Duration.ofSeconds(3))
                            .state())
                    .isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
            assertThat(db.database().<Long>read(tx -> tx.count("select submission from jobs where id = ?", job.id())))
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void the_file_of_a_worker_that_died_stays_marked_as_nobodys(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            afterDeathAt(rooms, Checkpoint.ASSET_STORED, one);
            rooms.stop();
            Await.until(
                    "two files, one of them without a row",
                    () -> JobLifeTest.files(rooms.folder.resolve("assets")) == 3);
        }
    }
}
