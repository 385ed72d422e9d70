package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.nothing;
import static dev.millrace.testkit.TestingMediaProvider.picture;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.limits.LimitSettings;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaProgress;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class JobCancelTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final WebhookTarget HOOK =
            WebhookTarget.ofEnd("https://example.com/hook", DeliveryPolicy.HIGGSFIELD, "secret");
    private static final JobOptions OPTIONS = new JobOptions("tests", URI.create("http://localhost"), null, HOOK, null);

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    @OnBothDatabases
    void a_queued_job_is_canceled_and_released_and_never_submitted(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            assertThat(jobs.cancel(rooms.ids.organization(), id, CancelRule.ANY))
                    .isInstanceOf(CancelOutcome.NotFound.class);
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.QUEUED_ONLY))
                    .isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(rooms.balance().available()).isEqualTo(TestingRooms.START);
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.QUEUED_ONLY))
                    .isInstanceOf(CancelOutcome.TooLate.class);
            jobs.start();
            assertThat(one.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void a_running_job_is_canceled_where_that_is_allowed_and_its_upstream_is_stopped(TestDatabase db) throws Exception {
        one.poll = (call, id) -> running(10);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, id).orElseThrow().state() == JobState.RUNNING);
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.QUEUED_ONLY))
                    .isInstanceOf(CancelOutcome.TooLate.class);
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.ANY)).isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(jobs.await(rooms.organization, id, SOON).state()).isEqualTo(JobState.CANCELED);
            assertThat(one.canceled).isNotEmpty();
            assertThat(rooms.balance().available()).isEqualTo(TestingRooms.START);
            Await.until(
                    "its due work is done",
                    () -> db.database().<Long>read(tx -> tx.count("select count(*) from due_work where kind = 'job'"))
                            == 0);
        }
    }

    @OnBothDatabases
    void a_canceled_job_whose_worker_died_is_cleared_up_by_the_next(TestDatabase db) throws Exception {
        one.poll = (call, id) -> running(10);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, id).orElseThrow().progress() == 10);
            rooms.stop();
            Jobs next = rooms.node(one);
            assertThat(next.cancel(rooms.organization, id, CancelRule.ANY)).isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(one.canceled).as("the upstream was asked first").hasSize(1);
            next.start();
            Await.until("nothing is due", () -> rows(db, "due_work where kind = 'job'") == 0);
            assertThat(rows(db, "job_stops")).isZero();
        }
    }

    @OnBothDatabases
    void a_running_job_whose_upstream_does_not_stop_goes_on_and_is_charged(TestDatabase db) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        one.cancels = false;
        one.poll = (call, id) -> asked.getCount() > 0 ? running(10) : picture();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, id).orElseThrow().progress() == 10);
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.ANY)).isInstanceOf(CancelOutcome.TooLate.class);
            asked.countDown();
            Job ended = jobs.await(rooms.organization, id, SOON);
            assertThat(ended.state()).isEqualTo(JobState.COMPLETED);
            assertThat(ended.charge()).isEqualTo(Money.usd("0.05"));
        }
    }

    @OnBothDatabases
    void an_upstream_that_was_made_to_fail_by_a_cancel_is_a_cancel_and_nobody_else_gets_the_job(TestDatabase db)
            throws Exception {
        TestingMediaProvider two = new TestingMediaProvider("two");
        CountDownLatch stopped = new CountDownLatch(1);
        one.poll = (call, id) -> stopped.getCount() > 0
                ? running(10)
                : new MediaProgress.Failed(ProblemCode.UPSTREAM_ERROR, "It was stopped.");
        one.cancels = false;
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one, two);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, id).orElseThrow().progress() == 10);
            jobs.cancel(rooms.organization, id, CancelRule.ANY);
            stopped.countDown();
            Job ended = jobs.await(rooms.organization, id, SOON);
            assertThat(ended.state()).isEqualTo(JobState.CANCELED);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(two.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void a_job_that_is_being_submitted_is_canceled_at_once_and_its_upstream_stopped_when_it_is_known(TestDatabase db)
            throws Exception {
        CountDownLatch submitting = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        one.submit = call -> {
            submitting.countDown();
            pass(go);
            return "up-1";
        };
        one.poll = (call, id) -> running(10);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            submitting.await();
            assertThat(jobs.cancel(rooms.organization, id, CancelRule.ANY)).isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            go.countDown();
            Await.until("the upstream was stopped", () -> one.canceled.contains("up-1"));
            Await.until("nothing is due", () -> rows(db, "due_work where kind = 'job'") == 0);
        }
    }

    @OnBothDatabases
    void jobs_beyond_what_may_run_wait_and_can_be_canceled(TestDatabase db) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.poll = (call, id) -> go.getCount() > 0 ? running(10) : picture();
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.limits = new LimitSettings(600, 64, 10, 2);
            Jobs jobs = rooms.running(one);
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(jobs.accept(rooms.image("x"), OPTIONS).job().id());
            }
            Await.until("two run", () -> one.submissions.size() == 2);
            assertThat(jobs.cancel(rooms.organization, ids.get(4), CancelRule.QUEUED_ONLY))
                    .isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(one.submissions).hasSize(2);
            go.countDown();
            for (JobId id : ids.subList(0, 4)) {
                assertThat(jobs.await(rooms.organization, id, SOON).state()).isEqualTo(JobState.COMPLETED);
            }
            assertThat(one.submissions).hasSize(4);
            assertThat(rows(db, "job_slots where open_jobs <> 0 or active_jobs <> 0"))
                    .isZero();
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long rows(TestDatabase db, String from) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + from));
    }

    @OnBothDatabases
    void a_deleted_job_loses_its_files_and_keeps_its_books(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            assertThat(catchThrowableOfType(ProblemException.class, () -> jobs.delete(rooms.organization, id))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.NOT_FINISHED);
            jobs.start();
            AssetId output = jobs.await(rooms.organization, id, SOON)
                    .outputs()
                    .getFirst()
                    .asset();
            assertThat(catchThrowableOfType(ProblemException.class, () -> jobs.delete(rooms.ids.organization(), id))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.NOT_FOUND);
            Job deleted = jobs.delete(rooms.organization, id);
            assertThat(deleted.state()).isEqualTo(JobState.COMPLETED);
            assertThat(deleted.deletedAt()).isNotNull();
            assertThat(deleted.outputs()).isEmpty();
            assertThat(deleted.charge()).isEqualTo(Money.usd("0.05"));
            assertThat(rooms.assets.open(output)).isEmpty();
            Await.until("no file is left", () -> JobLifeTest.files(rooms.folder.resolve("assets")) == 0);
            assertThat(jobs.delete(rooms.organization, id)).isEqualTo(deleted);
        }
    }

    @OnBothDatabases
    void a_watch_tells_the_queue_the_progress_and_the_end(TestDatabase db) throws Exception {
        AtomicInteger polls = new AtomicInteger();
        one.poll = (call, id) -> polls.incrementAndGet() < 20 ? running(polls.get()) : nothing();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            List<JobEvent> events = new ArrayList<>();
            try (JobWatch watch = jobs.watch(rooms.organization, id)) {
                events.add(watch.next(SOON).orElseThrow());
                assertThat(watch.next(Duration.ofMillis(20))).isEmpty();
                jobs.start();
                while (!watch.ended()) {
                    watch.next(SOON).ifPresent(events::add);
                }
                assertThat(watch.next(SOON)).isEmpty();
            }
            assertThat(events.getFirst().queuePosition()).isZero();
            assertThat(events.stream().map(event -> event.job().progress())).isSorted();
            assertThat(events.getLast().job().state()).isEqualTo(JobState.COMPLETED);
            assertThat(jobs.typicalDuration("test/image")).isPresent();
        }
    }
}
