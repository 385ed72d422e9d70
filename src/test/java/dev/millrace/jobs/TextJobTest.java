package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.SqlDialect;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.ToolPiece;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Language as a durable job: one charge or one release, whatever happens to upstreams and workers. */
class TextJobTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));
    private static final Units REPORT = Units.of(Unit.INPUT_TOKEN, 7).with(Unit.OUTPUT_TOKEN, 2);
    private static final Money OF_REPORT = Money.usd("0.000009");
    private static final TextProvider ANSWERS = (call, sink) -> {
        sink.text("The mill");
        sink.text(" turns.");
        sink.usage(REPORT);
        sink.end(FinishReason.STOP);
    };
    private static final TextProvider BREAKS_OFF = (call, sink) -> {
        sink.text("The");
        throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke.", true, null);
    };

    private final TestingTextProvider one = new TestingTextProvider("one", ANSWERS);
    private final TestingTextProvider two = new TestingTextProvider("two", ANSWERS);

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Job ended(TestingRooms rooms, Jobs jobs) throws InterruptedException {
        Job job = jobs.accept(rooms.text("Does the mill turn?"), OPTIONS).job();
        return jobs.await(rooms.organization, job.id(), SOON);
    }

    private static String file(TestingRooms rooms, Job job, int index) throws IOException {
        return Files.readString(rooms.assets
                .open(job.outputs().get(index).asset())
                .orElseThrow()
                .file());
    }

    private static Money absorbed(TestDatabase db) {
        return db.database()
                .<Money>read(tx -> tx.one(
                                "select coalesce(sum(amount), 0) as a from transfers where kind = 'absorb'",
                                row -> row.money("a"))
                        .orElseThrow());
    }

    @OnBothDatabases
    void a_language_job_leaves_its_answer_as_files_and_is_charged_as_reported(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = ended(rooms, rooms.running(one, two));
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(job.progress()).isEqualTo(100);
            assertThat(job.charge()).isEqualTo(OF_REPORT);
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
            assertThat(job.outputs())
                    .extracting(JobOutput::contentType)
                    .containsExactly("text/plain; charset=utf-8", "application/json");
            assertThat(file(rooms, job, 0)).isEqualTo("The mill turns.");
            JsonNode whole = Json.readOwn(file(rooms, job, 1));
            assertThat(whole.path("finish_reason").asString()).isEqualTo("stop");
            assertThat(whole.path("usage").path("source").asString()).isEqualTo("upstream");
            assertThat(Json.text(job.outputs().getFirst().facts())).doesNotContain("mill");
            assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from jobs where sealed is not null")))
                    .isZero();
            assertThat(absorbed(db)).isEqualTo(Money.ZERO);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void tool_calls_are_kept_and_counted_where_nobody_reports(TestDatabase db) throws Exception {
        one.script = (call, sink) -> {
            sink.tool(new ToolPiece(0, "c1", "get_weather", ""));
            sink.tool(new ToolPiece(0, "c1", "get_weather", "{\"location\":"));
            sink.tool(new ToolPiece(0, "c1", "get_weather", "\"Paris\"}"));
            sink.end(FinishReason.TOOL_CALLS);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = ended(rooms, rooms.running(one));
            JsonNode call = Json.readOwn(file(rooms, job, 0)).path("tool_calls").path(0);
            assertThat(call.path("function").path("arguments").asString()).isEqualTo("{\"location\":\"Paris\"}");
            assertThat(job.charge().isPositive()).isTrue();
            assertThat(db.database()
                            .<Long>read(
                                    tx -> tx.count("select count(*) from usage_rows where units_source = 'estimate'")))
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void an_answer_that_breaks_off_is_another_upstreams_and_the_platforms_loss(TestDatabase db) throws Exception {
        one.script = BREAKS_OFF;
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = ended(rooms, rooms.running(one, two));
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(file(rooms, job, 0)).isEqualTo("The mill turns.");
            assertThat(rooms.spent()).isEqualTo(OF_REPORT);
            assertThat(one.calls).hasSize(1);
            assertThat(two.calls).hasSize(1);
            assertThat(absorbed(db)).isEqualTo(Money.usd("0.000006"));
        }
    }

    @OnBothDatabases
    void when_every_upstream_breaks_off_the_job_fails_and_costs_nothing(TestDatabase db) throws Exception {
        one.script = BREAKS_OFF;
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = ended(rooms, rooms.running(one));
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.problem()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(one.calls).hasSize(JobSettings.DEFAULTS.maxSubmissions());
            assertThat(absorbed(db)).isEqualTo(Money.usd("0.000018"));
        }
    }

    @OnBothDatabases
    void a_refusal_of_the_input_or_a_filtered_answer_is_rejected_and_costs_nothing(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one, two);
            one.script = (call, sink) -> {
                throw new UpstreamException(ProblemCode.CONTENT_REJECTED, "Not this.", false, null);
            };
            assertThat(ended(rooms, jobs).state()).isEqualTo(JobState.NSFW);
            one.script = (call, sink) -> sink.end(FinishReason.CONTENT_FILTER);
            assertThat(ended(rooms, jobs).state()).isEqualTo(JobState.NSFW);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void an_answer_that_takes_too_long_or_never_stops_fails_and_goes_nowhere_else(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one, two);
            one.script = (call, sink) -> {
                while (sink.wanted()) {
                    sink.text("word ".repeat(200));
                }
            };
            Job endless = ended(rooms, jobs);
            assertThat(endless.problem()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
            one.script = (call, sink) -> {
                sink.text("slow");
                db.clock().advance(Duration.ofMinutes(6));
                assertThat(sink.wanted()).isFalse();
            };
            assertThat(ended(rooms, jobs).problem()).isEqualTo(ProblemCode.UPSTREAM_TIMEOUT);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(two.calls).isEmpty();
        }
    }

    @OnBothDatabases
    void a_canceled_answer_stops_its_upstream_costs_nothing_and_stands_in_the_books(TestDatabase db) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        one.script = (call, sink) -> {
            while (sink.wanted()) {
                sink.text("on");
                begun.countDown();
                Thread.onSpinWait();
            }
            stopped.countDown();
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            var large = rooms.text("Does the mill turn?");
            Job job = jobs.accept(large, OPTIONS).job();
            begun.await();
            // Its answer is still growing, or it was stopped for its length: one of both, and nothing is paid.
            jobs.cancel(rooms.organization, job.id(), CancelRule.ANY);
            stopped.await();
            Job ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.state()).isIn(JobState.CANCELED, JobState.FAILED);
            assertThat(ended.charge()).isEqualTo(Money.ZERO);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(absorbed(db).isPositive()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {"CLAIMED", "SUBMIT_INTENT", "SUBMITTED", "ASSET_STORED"})
    void an_answer_whose_worker_died_anywhere_is_asked_for_again_and_charged_once(Checkpoint checkpoint) {
        for (SqlDialect dialect : SqlDialect.values()) {
            TestingTextProvider upstream = new TestingTextProvider("one", ANSWERS);
            try (TestDatabase db = TestDatabase.open(dialect);
                    TestingRooms rooms = new TestingRooms(db)) {
                AtomicInteger passes = new AtomicInteger();
                rooms.signals.on(checkpoint, () -> {
                    if (passes.getAndIncrement() == 0) {
                        throw new Died();
                    }
                });
                Jobs jobs = rooms.running(upstream);
                var id = jobs.accept(rooms.text("Does the mill turn?"), OPTIONS)
                        .job()
                        .id();
                Await.until("the job has ended after " + checkpoint, () -> {
                    db.writer()
                            .write(
                                    "x",
                                    tx -> tx.update(
                                            "update due_work set due_at = 0 where owner is null and rank is null"));
                    return jobs.find(rooms.organization, id)
                            .orElseThrow()
                            .state()
                            .terminal();
                });
                Job job = jobs.find(rooms.organization, id).orElseThrow();
                assertThat(job.state()).as(String.valueOf(job.problemDetail())).isEqualTo(JobState.COMPLETED);
                assertThat(rooms.spent()).isEqualTo(OF_REPORT);
                boolean asked = checkpoint != Checkpoint.CLAIMED;
                assertThat(upstream.calls)
                        .hasSize(asked && checkpoint != Checkpoint.SUBMIT_INTENT ? 2 : 1)
                        .extracting(call -> call.requestId())
                        .doesNotHaveDuplicates();
                assertThat(absorbed(db).isPositive())
                        .as("what the upstream may ask for twice is the platform's")
                        .isEqualTo(asked);
            }
        }
    }

    @OnBothDatabases
    void progress_follows_the_pieces(TestDatabase db) throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        one.script = (call, sink) -> {
            for (int i = 0; i < 50; i++) {
                sink.text("w");
            }
            half.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sink.end(FinishReason.STOP);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Job job = jobs.accept(rooms.text("x"), OPTIONS).job();
            half.await();
            assertThat(jobs.find(rooms.organization, job.id()).orElseThrow().progress())
                    .isEqualTo(50);
            go.countDown();
            assertThat(jobs.await(rooms.organization, job.id(), SOON).charge()).isEqualTo(Money.usd("0.000051"));
            assertThat(List.of(JobState.COMPLETED))
                    .contains(jobs.await(rooms.organization, job.id(), SOON).state());
        }
    }
}
