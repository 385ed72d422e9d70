package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.moderation.Moderation;
import dev.millrace.moderation.ModerationSettings;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the content of a job before an upstream gets it: its texts, and the files that it names. */
class JobIntakeTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    @TempDir
    Path folder;

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    private Moderation rules() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), "rules: [{code: beasts, words: [dragon]}]");
        return Moderation.open(new ModerationSettings(file, false, Duration.ofHours(1)), new SimpleMeterRegistry());
    }

    @OnBothDatabases
    void an_input_that_breaks_a_rule_ends_its_job_in_the_commit_that_takes_it(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.moderation = rules();
            JobParts parts = rooms.parts(db.database(), JobSettings.DEFAULTS, one);
            try (Jobs jobs = new Jobs(parts)) {
                jobs.start();
                IdempotencyRequest repeat = new IdempotencyRequest(
                        new IdempotencyKey(rooms.organization, "tests", "key-1"), Fingerprint.of(Json.object()));
                JobOptions options = new JobOptions("tests", OPTIONS.baseUrl(), repeat, null, null);
                Job job = jobs.accept(rooms.image("a Dragon over a mill"), options)
                        .job();
                assertThat(job.state()).isEqualTo(JobState.NSFW);
                assertThat(job.problem()).isEqualTo(ProblemCode.CONTENT_REJECTED);
                assertThat(job.reason()).isEqualTo("beasts");
                assertThat(job.problemDetail()).contains("beasts").doesNotContainIgnoringCase("dragon");
                assertThat(job.charge()).isEqualTo(Money.ZERO);
                assertThat(rooms.balance().held()).isEqualTo(Money.ZERO);
                assertThat(rooms.balance().available()).isEqualTo(TestingRooms.START);
                assertThat(one.submissions).isEmpty();
                assertThat(db.database()
                                .<Long>read(tx -> tx.count("select count(*) from jobs where sealed is not null")))
                        .isZero();
                assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from due_work where kind = 'job'")))
                        .isZero();
                assertThat(jobs.accept(rooms.image("a Dragon over a mill"), options)
                                .job()
                                .id())
                        .isEqualTo(job.id());
                assertThat(parts.metrics()
                                .counter("millrace.moderation.rejected", "code", "beasts", "model", "test/image")
                                .count())
                        .isEqualTo(1);
                Job passed = jobs.accept(rooms.image("a mill"), OPTIONS).job();
                assertThat(jobs.await(rooms.organization, passed.id(), SOON).state())
                        .isEqualTo(JobState.COMPLETED);
                assertThat(jobs.find(rooms.organization, passed.id())
                                .orElseThrow()
                                .reason())
                        .isNull();
            }
        }
    }

    @OnBothDatabases
    void an_upstreams_verdict_keeps_its_code_and_never_its_words(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            one.poll = (call, id) -> new MediaProgress.Rejected("output_moderation");
            Job job = jobs.accept(rooms.image("x"), OPTIONS).job();
            Job ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.reason()).isEqualTo("output_moderation");
            assertThat(ended.outputs()).isEmpty();
            one.poll = (call, id) -> new MediaProgress.Rejected("It shows a dragon.");
            job = jobs.accept(rooms.image("x"), OPTIONS).job();
            ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.reason()).isEqualTo("upstream_moderation");
            assertThat(ended.problemDetail()).doesNotContain("dragon");
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
        }
    }

    @OnBothDatabases
    void the_upstream_gets_the_files_that_a_job_names_and_they_are_gone_behind_it(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream other = ScriptedUpstream.start()) {
            other.script(Script.status(200, List.of(), TestingMediaProvider.PICTURE));
            AtomicReference<MediaInput> seen = new AtomicReference<>();
            CompletableFuture<byte[]> content = new CompletableFuture<>();
            one.submit = call -> {
                seen.set(call.input("images").orElseThrow());
                content.complete(read(seen.get().path()));
                return "up";
            };
            Jobs jobs = rooms.running(one);
            Job job = jobs.accept(image(rooms, "http://127.0.0.1:" + other.port() + "/a"), OPTIONS)
                    .job();
            assertThat(jobs.await(rooms.organization, job.id(), SOON).state()).isEqualTo(JobState.COMPLETED);
            assertThat(content.get()).isEqualTo(TestingMediaProvider.PICTURE);
            assertThat(seen.get().contentType()).isEqualTo("image/png");
            Await.until("the file is gone", () -> !Files.exists(seen.get().path()));
            assertThat(other.requests()).hasSize(1);
        }
    }

    @OnBothDatabases
    void a_file_that_can_not_be_had_fails_its_job_before_any_upstream_and_costs_nothing(TestDatabase db)
            throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream other = ScriptedUpstream.start()) {
            other.script(Script.status(404));
            Jobs jobs = rooms.running(one);
            String url = "http://127.0.0.1:" + other.port() + "/a";
            Job job = jobs.accept(image(rooms, url), OPTIONS).job();
            Job ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.state()).isEqualTo(JobState.FAILED);
            assertThat(ended.problem()).isEqualTo(ProblemCode.INVALID_PARAMETER);
            assertThat(ended.problemDetail())
                    .isEqualTo("input_images.0: The URL could not be fetched: it answered with status 404.");
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(one.submissions).isEmpty();
        }
    }

    private static dev.millrace.admission.AdmittedMedia image(TestingRooms rooms, String url) {
        var parameters = Json.object().put("prompt", "x");
        parameters.putArray("input_images").add(url);
        return rooms.image(rooms.principal, parameters);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
