package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Erased;
import dev.millrace.assets.StoredFile;
import dev.millrace.id.AssetId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What becomes of the outputs of jobs: how long they are kept, and that they go when they are to go. */
class JobCustodyTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Money PRICE = Money.usd("0.05");

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    private static JobOptions options(@Nullable Duration retention) {
        return new JobOptions("tests", URI.create("http://localhost"), null, null, retention);
    }

    private static Job run(TestingRooms rooms, Jobs jobs, int pictures, @Nullable Duration retention)
            throws InterruptedException {
        var parameters = Json.object().put("prompt", "x").put("n", pictures);
        Job job = jobs.accept(rooms.image(rooms.principal, parameters), options(retention))
                .job();
        Job ended = jobs.await(rooms.organization, job.id(), SOON);
        assertThat(ended.state()).isEqualTo(JobState.COMPLETED);
        return ended;
    }

    @OnBothDatabases
    void outputs_are_kept_as_the_request_says_else_the_organization_else_the_model(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Job usual = run(rooms, jobs, 1, null);
            assertThat(usual.retention()).isEqualTo(Duration.ofDays(7));
            rooms.assets.retentions().set(rooms.organization, Duration.ofDays(90));
            Job long90 = run(rooms, jobs, 1, null);
            assertThat(long90.retention()).isEqualTo(Duration.ofDays(90));
            Job hour = run(rooms, jobs, 1, Duration.ofHours(1));
            assertThat(hour.expiresAt())
                    .isEqualTo(hour.finishedOr(Instant.EPOCH).plus(Duration.ofHours(1)));
            rooms.assets.retentions().set(rooms.organization, null);
            assertThat(run(rooms, jobs, 1, null).retention()).isEqualTo(Duration.ofDays(7));
            for (Duration wrong : List.of(Duration.ofMinutes(59), Duration.ofDays(4_000))) {
                assertThat(catchThrowableOfType(
                                        ProblemException.class,
                                        () -> rooms.assets.retentions().set(rooms.organization, wrong))
                                .problem()
                                .code())
                        .isEqualTo(ProblemCode.INVALID_PARAMETER);
            }
            db.clock().advance(Duration.ofHours(1));
            assertThat(state(rooms, jobs, hour)).isEqualTo(Erased.RETENTION);
            assertThat(rooms.assets.erased(hour.outputs().getFirst().asset())).contains(Erased.RETENTION);
            assertThat(state(rooms, jobs, usual)).isNull();
            db.clock().advance(Duration.ofDays(7));
            assertThat(state(rooms, jobs, usual)).isEqualTo(Erased.RETENTION);
            assertThat(state(rooms, jobs, long90)).isNull();
        }
    }

    private static @Nullable Erased state(TestingRooms rooms, Jobs jobs, Job job) {
        Job now = jobs.find(rooms.organization, job.id()).orElseThrow();
        Erased erased = now.erased(rooms.db.clock().instant());
        assertThat(now.expired(rooms.db.clock().instant())).isEqualTo(erased != null);
        return erased;
    }

    @OnBothDatabases
    void one_output_is_erased_and_the_others_stay(TestDatabase db) throws Exception {
        one.poll = (call, id) -> TestingMediaProvider.pictures(2);
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Job job = run(rooms, jobs, 2, null);
            Path file = rooms.assets
                    .open(job.outputs().getLast().asset())
                    .orElseThrow()
                    .file();
            for (int repeat = 0; repeat < 2; repeat++) {
                Job after = jobs.deleteOutput(rooms.organization, job.id(), 1);
                assertThat(after.outputs()).extracting(JobOutput::gone).containsExactly(false, true);
                assertThat(after.expired(db.clock().instant())).isFalse();
            }
            assertThat(file).doesNotExist();
            assertThat(rooms.assets.erased(job.outputs().getLast().asset())).contains(Erased.REQUEST);
            assertThat(rooms.assets.open(job.outputs().getFirst().asset())).isPresent();
            assertThat(jobs.deleteOutput(rooms.organization, job.id(), 0)
                            .expired(db.clock().instant()))
                    .isTrue();
            assertThat(catchThrowableOfType(
                                    ProblemException.class, () -> jobs.deleteOutput(rooms.organization, job.id(), 2))
                            .problem()
                            .code())
                    .isEqualTo(ProblemCode.NOT_FOUND);
            assertThat(rooms.spent()).isEqualTo(PRICE.times(2));
        }
    }

    @OnBothDatabases
    void everything_of_an_organization_goes_and_nothing_of_another_and_the_books_stay(TestDatabase db)
            throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            List<Job> ended = List.of(run(rooms, jobs, 1, null), run(rooms, jobs, 1, null));
            AssetId upload = upload(rooms, rooms.organization);
            AssetId foreign = upload(rooms, rooms.ids.organization());
            CompletableFuture<String> held = new CompletableFuture<>();
            one.submit = call -> held.join();
            Job open = jobs.accept(rooms.image("x"), options(null)).job();
            jobs.eraseAll(rooms.organization);
            assertThat(jobs.erasing(rooms.organization)).isPresent();
            Await.until(
                    "the ended ones are erased",
                    () -> ended.stream().allMatch(job -> state(rooms, jobs, job) == Erased.REQUEST));
            Await.until(
                    "the upload is erased", () -> rooms.assets.erased(upload).isPresent());
            held.complete("up");
            Job late = jobs.await(rooms.organization, open.id(), SOON);
            assertThat(late.outputs()).hasSize(1);
            jobs.eraseAll(rooms.organization);
            Await.until("it is done", () -> jobs.erasing(rooms.organization).isEmpty());
            assertThat(state(rooms, jobs, late)).isEqualTo(Erased.REQUEST);
            assertThat(rooms.assets.find(foreign)).isPresent();
            assertThat(rooms.spent()).isEqualTo(PRICE.times(3));
            assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from assets where state = 'stored'")))
                    .isEqualTo(1);
        }
    }

    private static AssetId upload(TestingRooms rooms, dev.millrace.id.OrganizationId owner) throws IOException {
        StoredFile file = rooms.assets.write(new ByteArrayInputStream(TestingMediaProvider.PICTURE), 100);
        AssetId id = rooms.ids.asset();
        Instant until = rooms.db.clock().instant().plus(Duration.ofDays(1));
        rooms.db.writer().write("a", tx -> rooms.assets.record(tx, file, id, owner, AssetKind.UPLOAD, "a.png", until));
        return id;
    }

    @OnBothDatabases
    void a_disk_that_takes_nothing_fails_the_job_truthfully_and_the_next_one_works(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Path incoming = rooms.folder.resolve("assets/incoming");
            Files.delete(incoming);
            Files.createFile(incoming);
            Job job = jobs.accept(rooms.image("x"), options(null)).job();
            Job ended = jobs.await(rooms.organization, job.id(), SOON);
            assertThat(ended.state()).isEqualTo(JobState.FAILED);
            assertThat(ended.problem()).isEqualTo(ProblemCode.UNAVAILABLE);
            assertThat(ended.problemDetail()).contains("no room");
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            Files.delete(incoming);
            Files.createDirectory(incoming);
            run(rooms, jobs, 1, null);
        }
    }
}
