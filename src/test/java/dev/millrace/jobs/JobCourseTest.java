package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.pictures;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.JobId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.UpstreamException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs in random company: customers submit and cancel, upstreams finish, fail, reject and hang, time runs out, workers die at any step,
 * leases are lost, nodes come and go. Whatever the order, every accepted job ends once, by a legal path, charged once or not at all.
 */
class JobCourseTest {
    private static final int STEPS = 120;
    private static final Money PRICE = Money.usd("0.05");
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration PAST_THE_TIMEOUT = Duration.ofMinutes(11);
    private static final JobOptions OPTIONS = new JobOptions(
            "tests",
            URI.create("http://localhost"),
            null,
            WebhookTarget.ofEnd("https://example.com/hook", DeliveryPolicy.HIGGSFIELD, null),
            null);

    private final List<JobId> made = new ArrayList<>();
    private final Map<JobId, JobState> ends = new ConcurrentHashMap<>();
    private final List<TestingMediaProvider> upstreams = new ArrayList<>();
    private volatile boolean calm;

    /** What a worker that dies throws: it passes everything that handles failures. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @OnBothDatabases
    void every_job_ends_once_whatever_happens(TestDatabase db) throws Exception {
        Random random = new Random(Seeds.seed("JobCourseTest on " + db));
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.tellers.put(
                    "tests", (job, event, base, target) -> Optional.of(new WebhookMessage(Map.of(), new byte[0])));
            for (Checkpoint checkpoint : Checkpoint.values()) {
                rooms.signals.on(checkpoint, () -> die(random));
            }
            List<Jobs> nodes = new ArrayList<>(List.of(node(rooms, random), node(rooms, random)));
            for (int step = 0; step < STEPS; step++) {
                step(rooms, nodes, random);
                look(rooms, nodes.getFirst());
            }
            calm = true;
            Await.until("every job has ended", LONG, () -> {
                dueNow(db);
                look(rooms, nodes.getFirst());
                return ends.size() == made.size();
            });
            Await.until("nothing is due", LONG, () -> {
                dueNow(db);
                return rows(db, "due_work where kind = 'job'") == 0;
            });
            rooms.stop();
            check(rooms);
        }
    }

    private void die(Random random) {
        if (!calm && random.nextInt(25) == 0) {
            throw new Died();
        }
    }

    private Jobs node(TestingRooms rooms, Random random) {
        Jobs node = rooms.node(upstream("one", random), upstream("two", random));
        node.start();
        return node;
    }

    private TestingMediaProvider upstream(String name, Random random) {
        TestingMediaProvider upstream = new TestingMediaProvider(name);
        upstream.idempotent = name.equals("one");
        upstream.poll = (call, id) -> answer(call, random);
        upstream.cancels = random.nextBoolean();
        upstreams.add(upstream);
        return upstream;
    }

    private MediaProgress answer(MediaCall call, Random random) {
        int die = calm ? 9 : random.nextInt(12);
        return switch (die) {
            case 0 -> new MediaProgress.Failed(ProblemCode.UPSTREAM_ERROR, "It broke.");
            case 1 -> new MediaProgress.Failed(ProblemCode.INVALID_PARAMETER, "It is wrong.");
            case 2 -> new MediaProgress.Rejected("output_moderation");
            case 3 -> throw new UpstreamException(ProblemCode.UPSTREAM_TIMEOUT, "It is silent.", true, null);
            case 9, 10 -> pictures(1);
            default -> running(random.nextInt(100));
        };
    }

    private void step(TestingRooms rooms, List<Jobs> nodes, Random random) {
        Jobs node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> submit(rooms, node);
            case 5, 6 -> cancel(rooms, node, random);
            case 7 ->
                rooms.db
                        .writer()
                        .write("x", tx -> tx.update("update work_owners set lease_until = 0 where kind = 'job'"));
            case 8 -> rooms.db.clock().advance(random.nextInt(4) == 0 ? PAST_THE_TIMEOUT : Duration.ofSeconds(20));
            case 9 -> {
                int gone = random.nextInt(nodes.size());
                nodes.get(gone).close();
                nodes.set(gone, node(rooms, random));
            }
            default -> throw new IllegalStateException();
        }
        dueNow(rooms.db);
    }

    private void submit(TestingRooms rooms, Jobs node) {
        try {
            made.add(node.accept(rooms.image("x"), OPTIONS).job().id());
        } catch (Died afterOrBefore) {
            // Whether it was taken is for the database to say.
            rooms
                    .db
                    .database()
                    .<List<JobId>>read(tx -> tx.list("select id from jobs", row -> new JobId(row.uuid("id"))))
                    .stream()
                    .filter(id -> !made.contains(id))
                    .forEach(made::add);
        }
    }

    private void cancel(TestingRooms rooms, Jobs node, Random random) {
        if (made.isEmpty()) {
            return;
        }
        JobId id = made.get(random.nextInt(made.size()));
        try {
            CancelOutcome outcome =
                    node.cancel(rooms.organization, id, random.nextBoolean() ? CancelRule.ANY : CancelRule.QUEUED_ONLY);
            if (outcome instanceof CancelOutcome.Canceled canceled) {
                assertThat(canceled.job().state()).isEqualTo(JobState.CANCELED);
            }
        } catch (Died | ProblemException nothingWasDone) {
            assertThat(nothingWasDone).isNotNull();
        }
    }

    /** No job is ever seen in another state once it was seen in a terminal one. */
    private void look(TestingRooms rooms, Jobs node) {
        for (JobId id : made) {
            JobState state = node.find(rooms.organization, id).orElseThrow().state();
            JobState before = state.terminal() ? ends.putIfAbsent(id, state) : ends.get(id);
            assertThat(before == null || before == state)
                    .as(id + " was " + before + " and is " + state)
                    .isTrue();
        }
    }

    private void check(TestingRooms rooms) {
        long completed =
                ends.values().stream().filter(end -> end == JobState.COMPLETED).count();
        System.out.println(rooms.db + ": " + made.size() + " jobs, " + completed + " completed, "
                + ends.values().stream().filter(end -> end == JobState.CANCELED).count() + " canceled");
        assertThat(rows(rooms.db, "jobs")).isEqualTo(made.size());
        assertThat(rows(rooms.db, "job_events where number = 2")).isEqualTo(made.size());
        assertThat(rows(rooms.db, "job_events where number > 2")).isZero();
        assertThat(rows(rooms.db, "job_events e join jobs j on j.id = e.job where e.number = 2 and e.state <> j.state"))
                .isZero();
        assertThat(rows(rooms.db, "webhook_deliveries"))
                .as("one event for each")
                .isEqualTo(made.size());
        assertThat(rows(rooms.db, "usage_rows where status = 'completed'")).isEqualTo(completed);
        assertThat(rooms.spent()).isEqualTo(PRICE.times(completed));
        assertThat(rows(rooms.db, "job_slots where open_jobs <> 0 or active_jobs <> 0"))
                .isZero();
        assertThat(rows(rooms.db, "job_stops")).isZero();
        List<String> once = upstreams.stream()
                .filter(upstream -> !upstream.idempotent)
                .flatMap(upstream -> upstream.submissions.stream())
                .map(TestingMediaProvider.Submitted::key)
                .toList();
        assertThat(once).as("submissions that may not be repeated").doesNotHaveDuplicates();
    }

    /** Clocks stand still, or can not be moved: what waits for a retry becomes due by hand. */
    private static void dueNow(TestDatabase db) {
        db.writer()
                .write(
                        "x",
                        tx -> tx.update("update due_work set due_at = 0 where owner is null and rank is null"
                                + " and kind = 'job'"));
    }

    private static long rows(TestDatabase db, String from) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + from));
    }
}
