package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.pictures;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

class JobLifeTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Money PRICE = Money.usd("0.05");
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final TestingMediaProvider one = new TestingMediaProvider("one");
    private final TestingMediaProvider two = new TestingMediaProvider("two");

    private Job run(TestingRooms rooms) throws InterruptedException {
        Jobs jobs = rooms.running(one, two);
        Job job = jobs.accept(rooms.image("a mill"), OPTIONS).job();
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        return jobs.await(rooms.organization, job.id(), SOON);
    }

    private static List<String> history(TestDatabase db, JobId job) {
        return db.database()
                .read(tx -> tx.list(
                        "select state from job_events where job = ? order by number", row -> row.text("state"), job));
    }

    @OnBothDatabases
    void a_job_that_finishes_at_once_is_completed_charged_once_and_shows_its_outputs(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(job.progress()).isEqualTo(100);
            assertThat(job.charge()).isEqualTo(PRICE);
            assertThat(rooms.spent()).isEqualTo(PRICE);
            assertThat(rooms.balance().held()).isEqualTo(Money.ZERO);
            JobOutput output = job.outputs().getFirst();
            assertThat(output.contentType()).isEqualTo("image/png");
            assertThat(output.fileName()).isEqualTo("0.png");
            assertThat(Files.readAllBytes(
                            rooms.assets.open(output.asset()).orElseThrow().file()))
                    .isEqualTo(TestingMediaProvider.PICTURE);
            assertThat(history(db, job.id())).containsExactly("queued", "running", "completed");
        }
    }

    @OnBothDatabases
    void a_job_without_files_to_copy_ends_in_its_first_write(TestDatabase db) throws Exception {
        one.poll = (call, id) -> TestingMediaProvider.nothing();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(history(db, job.id())).containsExactly("queued", "running", "completed");
        }
    }

    @OnBothDatabases
    void a_job_that_takes_a_while_shows_progress_and_is_polled_until_it_ends(TestDatabase db) throws Exception {
        AtomicInteger polls = new AtomicInteger();
        one.poll = (call, id) -> polls.incrementAndGet() < 6 ? running(polls.get() * 10) : pictures(1);
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).state()).isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
            assertThat(polls).hasValue(6);
        }
    }

    @OnBothDatabases
    void fewer_pictures_than_planned_cost_less_where_the_upstream_does_not_count(TestDatabase db) throws Exception {
        one.poll = (call, id) -> new MediaProgress.Finished(((MediaProgress.Finished) pictures(3)).outputs(), null);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one, two);
            Job job = jobs.accept(
                            rooms.image(
                                    rooms.principal,
                                    Json.object().put("prompt", "x").put("n", 4)),
                            OPTIONS)
                    .job();
            assertThat(job.hold()).isEqualTo(PRICE.times(4));
            assertThat(jobs.await(rooms.organization, job.id(), SOON).charge()).isEqualTo(PRICE.times(3));
        }
    }

    @OnBothDatabases
    void moderation_ends_a_job_as_nsfw_and_nothing_is_charged(TestDatabase db) throws Exception {
        one.poll = (call, id) -> new MediaProgress.Rejected("output_moderation");
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.NSFW);
            assertThat(job.problem()).isEqualTo(ProblemCode.CONTENT_REJECTED);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(two.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void a_failed_upstream_is_followed_by_the_next_and_charged_once(TestDatabase db) throws Exception {
        one.poll = (call, id) -> new MediaProgress.Failed(ProblemCode.UPSTREAM_ERROR, "It broke.");
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).state()).isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
            assertThat(two.submissions).hasSize(1);
            assertThat(two.submissions.getFirst().call().attempt()).isEqualTo(2);
            assertThat(rooms.spent()).isEqualTo(PRICE);
        }
    }

    @OnBothDatabases
    void a_job_that_fails_everywhere_is_failed_and_released(TestDatabase db) throws Exception {
        one.submit = call -> {
            throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "It broke.", true, null);
        };
        two.poll = (call, id) -> new MediaProgress.Failed(ProblemCode.UPSTREAM_ERROR, "It broke too.");
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.problem()).isEqualTo(ProblemCode.UPSTREAM_ERROR);
            assertThat(job.problemDetail()).isEqualTo("It broke too.");
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        }
    }

    @OnBothDatabases
    void the_only_upstream_is_tried_again_within_the_budget(TestDatabase db) throws Exception {
        one.poll = (call, id) ->
                call.attempt() < 3 ? new MediaProgress.Failed(ProblemCode.UPSTREAM_ERROR, "It broke.") : pictures(1);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Job job = jobs.accept(rooms.image("x"), OPTIONS).job();
            assertThat(jobs.await(rooms.organization, job.id(), SOON).state()).isEqualTo(JobState.COMPLETED);
            assertThat(one.distinct()).isEqualTo(3);
            assertThat(rooms.spent()).isEqualTo(PRICE);
        }
    }

    @OnBothDatabases
    void input_that_is_at_fault_goes_to_no_other_upstream(TestDatabase db) throws Exception {
        one.submit = call -> {
            throw new UpstreamException(ProblemCode.INVALID_PARAMETER, "The prompt is too long.", false, null);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            assertThat(run(rooms).problem()).isEqualTo(ProblemCode.INVALID_PARAMETER);
            assertThat(two.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void an_upstream_that_takes_too_long_is_stopped_and_nothing_is_charged(TestDatabase db) throws Exception {
        one.poll = (call, id) -> {
            db.clock().advance(Duration.ofMinutes(3));
            return running(1);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.problem()).isEqualTo(ProblemCode.UPSTREAM_TIMEOUT);
            assertThat(one.canceled).hasSize(1);
            assertThat(two.submissions).isEmpty();
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        }
    }

    @OnBothDatabases
    void an_output_that_breaks_off_is_copied_again(TestDatabase db) throws Exception {
        AtomicInteger opened = new AtomicInteger();
        one.open = output -> {
            if (opened.incrementAndGet() == 1) {
                return new SequenceInputStream(new ByteArrayInputStream(TestingMediaProvider.PICTURE), new Broken());
            }
            return new ByteArrayInputStream(TestingMediaProvider.PICTURE);
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(job.outputs().getFirst().bytes()).isEqualTo(TestingMediaProvider.PICTURE.length);
            rooms.stop();
            Await.until("one file and no marker", () -> files(rooms.folder.resolve("assets")) == 1);
        }
    }

    @OnBothDatabases
    void an_empty_output_is_a_failure_and_leaves_no_file(TestDatabase db) throws Exception {
        one.open = output -> new ByteArrayInputStream(new byte[0]);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Job job = run(rooms);
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(files(rooms.folder.resolve("assets"))).isZero();
        }
    }

    @OnBothDatabases
    void content_is_sealed_while_the_job_is_open_and_erased_at_its_end(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one, two);
            Job job = jobs.accept(rooms.image("CANARY-PROMPT"), OPTIONS).job();
            byte[] sealed = sealed(db, job.id());
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("CANARY");
            jobs.start();
            jobs.await(rooms.organization, job.id(), SOON);
            assertThat(one.submissions
                            .getFirst()
                            .call()
                            .parameters()
                            .get("prompt")
                            .asString())
                    .isEqualTo("CANARY-PROMPT");
            assertThat(sealed(db, job.id())).isNull();
        }
    }

    @OnBothDatabases
    void a_worker_that_dies_of_a_job_again_and_again_ends_it(TestDatabase db) throws Exception {
        one.submit = call -> {
            throw new StackOverflowError();
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            JobSettings twice =
                    new JobSettings(10, Duration.ofHours(1), 2, 3, Duration.ofDays(1), Duration.ofSeconds(1));
            Jobs jobs = rooms.node(db.database(), twice, one, two);
            jobs.start();
            Job job = jobs.accept(rooms.image("poison"), OPTIONS).job();
            Await.until("the job has ended", () -> {
                claimable(db);
                return jobs.find(rooms.organization, job.id())
                        .orElseThrow()
                        .state()
                        .terminal();
            });
            Job ended = jobs.find(rooms.organization, job.id()).orElseThrow();
            assertThat(ended.state()).isEqualTo(JobState.FAILED);
            assertThat(ended.problem()).isEqualTo(ProblemCode.INTERNAL);
            assertThat(one.submissions).hasSize(2);
        }
    }

    private static void claimable(TestDatabase db) {
        db.writer().write("x", tx -> tx.update("update due_work set due_at = 0 where owner is null and rank is null"));
    }

    private static byte @Nullable [] sealed(TestDatabase db, JobId job) {
        return db.database()
                .read(tx -> tx.list(
                        "select sealed from jobs where id = ?", row -> new byte[][] {row.bytesOrNull("sealed")}, job))
                .getFirst()[0];
    }

    static long files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            return -1;
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("cut");
        }
    }
}
