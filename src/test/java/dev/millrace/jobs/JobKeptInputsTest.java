package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.assets.Assets;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaCall;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs with files, whose worker dies while the file's URL goes: the job has the file that it began with, or fails and says why. */
class JobKeptInputsTest {
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final TestingMediaProvider one = new TestingMediaProvider("one");
    private final List<byte[]> seen = new CopyOnWriteArrayList<>();

    /** What a worker that dies throws: it passes everything that handles failures. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A file that can be fetched once, and is gone then. */
    private static ScriptedUpstream once() {
        return ScriptedUpstream.start()
                .script(Script.status(200, List.of(), TestingMediaProvider.PICTURE), Script.status(404));
    }

    private static AdmittedMedia image(TestingRooms rooms, ScriptedUpstream at) {
        var parameters = Json.object().put("prompt", "x");
        parameters.putArray("input_images").add(at.url("/a"));
        return rooms.image(rooms.principal, parameters);
    }

    private void look(MediaCall call) {
        try {
            seen.add(Files.readAllBytes(call.input("images").orElseThrow().path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(TestDatabase db, String what) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + what));
    }

    private static Job ended(TestingRooms rooms, Jobs jobs, JobId id) {
        Await.until("the job has ended", () -> {
            rooms.db
                    .writer()
                    .write("x", tx -> tx.update("update due_work set due_at = 0 where owner is null and rank is null"));
            return jobs.find(rooms.organization, id).orElseThrow().state().terminal();
        });
        return jobs.find(rooms.organization, id).orElseThrow();
    }

    private static void die(TestingRooms rooms, Checkpoint checkpoint, Runnable meanwhile) {
        AtomicInteger passes = new AtomicInteger();
        rooms.signals.on(checkpoint, () -> {
            if (passes.getAndIncrement() == 0) {
                meanwhile.run();
                throw new Died();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {"INPUTS_KEPT", "SUBMITTED", "SUBMIT_STORED", "POLLED", "ASSET_STORED", "FINISH_BEFORE_COMMIT"})
    void a_job_taken_up_again_has_the_file_that_it_began_with(Checkpoint checkpoint) {
        for (SqlDialect dialect : SqlDialect.values()) {
            seen.clear();
            TestingMediaProvider upstream = new TestingMediaProvider("one");
            upstream.poll = (call, id) -> {
                look(call);
                return TestingMediaProvider.picture();
            };
            try (TestDatabase db = TestDatabase.open(dialect);
                    TestingRooms rooms = new TestingRooms(db);
                    ScriptedUpstream file = once()) {
                die(rooms, checkpoint, () -> {});
                Jobs jobs = rooms.running(upstream);
                JobId id = jobs.accept(image(rooms, file), OPTIONS).job().id();
                Job job = ended(rooms, jobs, id);
                assertThat(job.state()).isEqualTo(JobState.COMPLETED);
                assertThat(upstream.distinct()).isEqualTo(1);
                assertThat(file.requests()).as("fetched once").hasSize(1);
                assertThat(seen).isNotEmpty().containsOnly(TestingMediaProvider.PICTURE);
                assertThat(rooms.spent()).isEqualTo(Money.usd("0.05"));
                assertThat(count(db, "job_inputs")).isZero();
                Await.until(
                        "the file is erased", () -> count(db, "assets where kind = 'input' and state <> 'gone'") == 0);
                assertThat(rooms.assets.list(rooms.organization, null, 10)).hasSize(1);
            }
        }
    }

    @OnBothDatabases
    void one_whose_file_is_gone_and_can_not_be_had_again_fails_and_says_which_and_costs_nothing(TestDatabase db) {
        one.idempotent = false;
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream file = once()) {
            die(rooms, Checkpoint.SUBMIT_STORED, () -> lose(rooms, db));
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(image(rooms, file), OPTIONS).job().id();
            Job job = ended(rooms, jobs, id);
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.problem()).isEqualTo(ProblemCode.INVALID_PARAMETER);
            assertThat(job.problemDetail()).startsWith("input_images.0: ").contains("404");
            assertThat(one.submissions).hasSize(1);
            assertThat(one.canceled).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(count(db, "jobs where exposed = 1")).isZero();
            assertThat(count(db, "job_inputs")).isZero();
        }
    }

    /** Everything of the organization that is stored goes, as when it asks for that. */
    private static void lose(TestingRooms rooms, TestDatabase db) {
        Assets assets = rooms.assets;
        db.writer().write("x", tx -> {
            tx.list("select asset from job_inputs", row -> new AssetId(row.uuid("asset")))
                    .forEach(asset -> assets.hide(tx, asset));
            return true;
        });
    }

    @OnBothDatabases
    void the_file_of_a_job_that_is_canceled_is_erased(TestDatabase db) {
        one.poll = (call, id) -> TestingMediaProvider.running(10);
        try (TestingRooms rooms = new TestingRooms(db);
                ScriptedUpstream file = once()) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(image(rooms, file), OPTIONS).job().id();
            Await.until("it is kept", () -> count(db, "job_inputs") == 1);
            assertThat(rooms.assets.list(rooms.organization, null, 10))
                    .as("nobody is shown it")
                    .isEmpty();
            Await.until("the upstream has it", () -> count(db, "jobs where upstream_id is not null") == 1);
            jobs.cancel(rooms.organization, id, CancelRule.ANY);
            assertThat(count(db, "job_inputs")).isZero();
            Await.until("the file is erased", () -> count(db, "assets where kind = 'input' and state <> 'gone'") == 0);
        }
    }
}
