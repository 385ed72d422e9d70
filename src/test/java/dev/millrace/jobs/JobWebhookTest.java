package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.nothing;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.JobId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaProgress;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.WebhookSink;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What a customer is told of a job, in which order, and what the job knows of that. */
class JobWebhookTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Set<WebhookEvent> ALL = EnumSet.allOf(WebhookEvent.class);

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    private static JobOptions told(String url, DeliveryPolicy policy, Set<WebhookEvent> events) {
        return new JobOptions(
                "tests", URI.create("http://localhost"), null, new WebhookTarget(url, policy, events, null), null);
    }

    private static TestingRooms telling(TestDatabase db) {
        TestingRooms rooms = new TestingRooms(db);
        rooms.tellers.put("tests", (job, event, base, target) -> {
            byte[] text = (event.wire() + " " + job.progress()).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new WebhookMessage(Map.of("X-Event", event.wire()), text));
        });
        return rooms;
    }

    private static Job status(TestingRooms rooms, Jobs jobs, JobId id, WebhookStatus status) {
        Await.until("the webhook is " + status, () -> {
            rooms.db.letTimePass(Duration.ofMillis(5));
            return find(rooms, jobs, id).webhookStatus() == status;
        });
        return find(rooms, jobs, id);
    }

    private static Job find(TestingRooms rooms, Jobs jobs, JobId id) {
        return jobs.find(rooms.organization, id).orElseThrow();
    }

    @OnBothDatabases
    void progress_is_told_as_it_changes_and_never_behind_the_end(TestDatabase db) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        AtomicInteger percent = new AtomicInteger(10);
        one.poll = (call, id) -> told.getCount() > 0 ? running(percent.get()) : nothing();
        try (WebhookSink sink = WebhookSink.start();
                TestingRooms rooms = telling(db)) {
            Jobs jobs = rooms.running(one);
            rooms.webhooks.start();
            JobId id = jobs.accept(rooms.image("x"), told(sink.url(), DeliveryPolicy.APIFRAME, ALL))
                    .job()
                    .id();
            assertThat(find(rooms, jobs, id).webhookStatus()).isEqualTo(WebhookStatus.PENDING);
            sink.await(1);
            percent.set(20);
            sink.await(2);
            assertThat(find(rooms, jobs, id).webhookStatus())
                    .as("progress is no end")
                    .isEqualTo(WebhookStatus.PENDING);
            told.countDown();
            jobs.await(rooms.organization, id, SOON);
            status(rooms, jobs, id, WebhookStatus.DELIVERED);
            List<String> texts = sink.deliveries().stream().map(Recorded::text).toList();
            assertThat(texts.getLast()).isEqualTo("completed 100");
            assertThat(texts.subList(0, texts.size() - 1))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(text -> text.startsWith("progress "));
            assertThat(rows(db, "webhook_passing")).isZero();
            assertThat(rows(db, "webhook_deliveries"))
                    .as("progress leaves no record")
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void one_word_of_progress_is_on_its_way_at_a_time_and_the_end_waits_for_it(TestDatabase db) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger percent = new AtomicInteger(1);
        one.poll = (call, id) -> go.getCount() > 0 ? running(Math.min(99, percent.getAndIncrement())) : nothing();
        try (WebhookSink sink = WebhookSink.start().answering(Script.silent(), Script.status(200));
                TestingRooms rooms = telling(db)) {
            Jobs jobs = rooms.running(one);
            rooms.webhooks.start();
            JobId id = jobs.accept(rooms.image("x"), told(sink.url(), DeliveryPolicy.APIFRAME, ALL))
                    .job()
                    .id();
            sink.await(1);
            Await.until("it has come further", () -> percent.get() > 50);
            assertThat(rows(db, "webhook_deliveries")).isEqualTo(1);
            go.countDown();
            jobs.await(rooms.organization, id, SOON);
            assertThat(sink.deliveries()).as("the end waits").hasSize(1);
            Await.until("the first has timed out and the end has come", Duration.ofSeconds(30), () -> {
                rooms.db.letTimePass(Duration.ofMillis(5));
                return sink.deliveries().size() == 2;
            });
            assertThat(sink.deliveries().getLast().text()).isEqualTo("completed 100");
            status(rooms, jobs, id, WebhookStatus.DELIVERED);
        }
    }

    @OnBothDatabases
    void apiframes_policy_tries_once_and_the_job_says_that_it_failed(TestDatabase db) throws Exception {
        one.poll = (call, id) -> new MediaProgress.Failed(ProblemCode.INVALID_PARAMETER, "No.");
        try (WebhookSink sink = WebhookSink.start().answering(503);
                TestingRooms rooms = telling(db)) {
            Jobs jobs = rooms.running(one);
            rooms.webhooks.start();
            JobId id = jobs.accept(
                            rooms.image("x"),
                            told(
                                    sink.url(),
                                    DeliveryPolicy.APIFRAME,
                                    EnumSet.of(WebhookEvent.COMPLETED, WebhookEvent.FAILED)))
                    .job()
                    .id();
            Job job = status(rooms, jobs, id, WebhookStatus.FAILED);
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(sink.deliveries())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.header("x-event")).isEqualTo("failed"));
        }
    }

    @OnBothDatabases
    void the_callback_of_openrouter_is_tried_again(TestDatabase db) throws Exception {
        one.poll = (call, id) -> nothing();
        try (WebhookSink sink = WebhookSink.start().answering(429, 503, 200);
                TestingRooms rooms = telling(db)) {
            Jobs jobs = rooms.running(one);
            rooms.webhooks.start();
            JobId id = jobs.accept(
                            rooms.image("x"),
                            told(sink.url(), DeliveryPolicy.OPENROUTER, EnumSet.of(WebhookEvent.COMPLETED)))
                    .job()
                    .id();
            Await.until("the third attempt has come", SOON, () -> {
                db.writer()
                        .write(
                                "x",
                                tx -> tx.update("update due_work set due_at = 0 where kind = 'webhook'"
                                        + " and owner is null and rank is null"));
                return sink.deliveries().size() == 3;
            });
            status(rooms, jobs, id, WebhookStatus.DELIVERED);
        }
    }

    @OnBothDatabases
    void what_nobody_asked_for_is_not_told(TestDatabase db) throws Exception {
        one.poll = (call, id) -> nothing();
        try (WebhookSink sink = WebhookSink.start();
                TestingRooms rooms = telling(db)) {
            Jobs jobs = rooms.running(one);
            rooms.webhooks.start();
            JobId id = jobs.accept(
                            rooms.image("x"),
                            told(sink.url(), DeliveryPolicy.APIFRAME, EnumSet.of(WebhookEvent.FAILED)))
                    .job()
                    .id();
            assertThat(jobs.await(rooms.organization, id, SOON).webhookStatus()).isNull();
            assertThat(rows(db, "webhook_deliveries")).isZero();
        }
    }

    private static long rows(TestDatabase db, String from) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + from));
    }
}
