package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.picture;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.provider.FinishReason;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What users of other gateways lost around jobs; the numbers are those of {@code docs/complaints.md}. */
class JobComplaintsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));
    private static final Money PRICE = Money.usd("0.05");

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    @OnBothDatabases
    void complaint_27_a_job_that_its_upstream_does_not_stop_goes_on_and_is_charged(TestDatabase db) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        one.cancels = false;
        one.poll = (call, id) -> asked.getCount() > 0 ? running(10) : picture();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Job job = jobs.accept(rooms.image("x"), OPTIONS).job();
            Await.until(
                    "it runs",
                    () -> jobs.find(rooms.organization, job.id()).orElseThrow().progress() == 10);
            assertThat(jobs.cancel(rooms.organization, job.id(), CancelRule.ANY))
                    .isInstanceOf(CancelOutcome.TooLate.class);
            asked.countDown();
            Job ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.state()).isEqualTo(JobState.COMPLETED);
            assertThat(ended.outputs()).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(PRICE);
        }
    }

    @OnBothDatabases
    void complaint_28_pictures_and_language_stand_in_usage_side_by_side(TestDatabase db) throws Exception {
        TestingTextProvider words = new TestingTextProvider("two", (call, sink) -> {
            sink.text("Yes.");
            sink.usage(Units.of(Unit.OUTPUT_TOKEN, 3));
            sink.end(FinishReason.STOP);
        });
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one, words);
            Job picture = jobs.accept(rooms.image("x"), OPTIONS).job();
            jobs.await(rooms.organization, picture.id(), SOON);
            Jobs writers = rooms.running(words);
            Job text = writers.accept(rooms.text("x"), OPTIONS).job();
            Job written = writers.await(rooms.organization, text.id(), SOON);
            assertThat(written.charge()).isEqualTo(Money.usd("0.000003"));
            for (Job job : new Job[] {picture, text}) {
                assertThat(db.database()
                                .<Long>read(tx -> tx.count(
                                        "select count(*) from usage_rows where modality = ? and charge > 0",
                                        job.modality())))
                        .isEqualTo(1);
            }
        }
    }

    @OnBothDatabases
    void complaint_29_a_request_that_is_sent_again_with_its_key_makes_no_second_job(TestDatabase db) throws Exception {
        one.poll = (call, id) -> running(10);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobOptions keyed = new JobOptions(
                    "tests",
                    URI.create("http://localhost"),
                    new IdempotencyRequest(
                            new IdempotencyKey(rooms.organization, "POST /images", "render-1"),
                            Fingerprint.of(Json.object().put("prompt", "x"))),
                    null,
                    null);
            Job first = jobs.accept(rooms.image("x"), keyed).job();
            // The client's patience is over, and the render is not.
            assertThat(jobs.await(rooms.organization, first.id(), Duration.ofMillis(50))
                            .state()
                            .terminal())
                    .isFalse();
            Accepted again = jobs.accept(rooms.image("x"), keyed);
            assertThat(again.replayed()).isTrue();
            assertThat(again.job().id()).isEqualTo(first.id());
            one.poll = (call, id) -> picture();
            assertThat(jobs.await(rooms.organization, first.id(), SOON).state()).isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(PRICE);
        }
    }
}
