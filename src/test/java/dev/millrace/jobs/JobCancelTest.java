package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.nothing;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
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
            Await.until("the upstream was stopped", () -> one.canceled.size() == 1);
            assertThat(rooms.balance().available()).isEqualTo(TestingRooms.START);
            Await.until(
                    "its due work is done",
                    () -> db.database().<Long>read(tx -> tx.count("select count(*) from due_work where kind = 'job'"))
                            == 0);
        }
    }

    @OnBothDatabases
    void a_canceled_job_whose_worker_died_has_its_upstream_stopped_by_the_next(TestDatabase db) throws Exception {
        one.poll = (call, id) -> running(10);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, id).orElseThrow().progress() == 10);
            rooms.stop();
            Jobs next = rooms.node(one);
            next.cancel(rooms.organization, id, CancelRule.ANY);
            assertThat(one.canceled).isEmpty();
            next.start();
            Await.until("the upstream was stopped", () -> one.canceled.size() == 1);
        }
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
