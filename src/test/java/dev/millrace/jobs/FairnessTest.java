package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitSettings;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** L4: {@code -Dl4.jobs=100000} waiting jobs of one organization, and one job each of ten others. */
class FairnessTest {
    private static final int BACKLOG = Integer.getInteger("l4.jobs", 3_000);
    private static final int OTHERS = 10;
    private static final int AT_ONCE = 8;
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final ConcurrentLinkedQueue<JobId> begun = new ConcurrentLinkedQueue<>();
    private final Semaphore steps = new Semaphore(0);

    private TestingMediaProvider upstream() {
        TestingMediaProvider upstream = new TestingMediaProvider("one");
        upstream.submit = call -> {
            begun.add(call.job());
            return "up-" + call.job();
        };
        upstream.poll = (call, id) -> {
            steps.acquireUninterruptibly();
            return TestingMediaProvider.nothing();
        };
        return upstream;
    }

    @OnBothDatabases
    void a_backlog_of_one_organization_keeps_no_other_waiting_longer_than_the_next_free_places(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.limits = new LimitSettings(600, 1, BACKLOG, BACKLOG);
            JobSettings settings =
                    new JobSettings(AT_ONCE, Duration.ofHours(1), 100, 3, Duration.ofDays(1), Duration.ofSeconds(10));
            Jobs jobs = rooms.node(db.database(), settings, upstream());
            Principal big = rooms.principalOf(rooms.funded(Money.usd("0.05").times(BACKLOG)));
            accept(rooms, jobs, big);
            jobs.start();
            Await.until("every place is taken", LONG, () -> begun.size() == AT_ONCE);

            List<JobId> small = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                Principal other = rooms.principalOf(rooms.funded(Money.usd("1")));
                small.add(jobs.accept(rooms.image(other, Json.object().put("prompt", "small")), OPTIONS)
                        .job()
                        .id());
            }
            int bound = AT_ONCE + 2 * (OTHERS + 1);
            steps.release(bound);
            Await.until("so many have had their turn", LONG, () -> begun.size() >= bound);
            List<JobId> order = begun.stream().limit(bound).toList();
            List<Integer> turns = small.stream().map(order::indexOf).toList();
            System.out.println(db + ": behind " + BACKLOG + " jobs the others had turns " + turns);
            assertThat(turns).allMatch(turn -> turn >= AT_ONCE);
            steps.release(10 * BACKLOG);
            Await.until("the backlog is worked off", LONG, () -> open(db) == 0);
            long held = db.database().<Long>read(tx -> tx.count("select count(*) from holds where state = 'open'"));
            assertThat(held).isZero();
        }
    }

    private static void accept(TestingRooms rooms, Jobs jobs, Principal big) {
        try (ExecutorService many =
                Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
            IntStream.range(0, BACKLOG)
                    .forEach(i -> many.submit(() ->
                            jobs.accept(rooms.image(big, Json.object().put("prompt", "big")), OPTIONS)));
        }
    }

    /** Asked again and again, so it counts no rows: of a hundred thousand that would take the processor from the jobs. */
    private static long open(TestDatabase db) {
        return db.database().<Long>read(tx -> tx.count("select coalesce(sum(open_jobs), 0) from job_slots"));
    }
}
