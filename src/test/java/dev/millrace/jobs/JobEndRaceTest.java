package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.limits.LimitSettings;
import dev.millrace.money.Money;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** F2: two nodes that both believe they run a job, and its customer, end it at the same instant. */
class JobEndRaceTest {
    private static final int JOBS = 1000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final JobOptions OPTIONS = new JobOptions(
            "tests",
            URI.create("http://localhost"),
            null,
            WebhookTarget.ofEnd("https://example.com/hook", DeliveryPolicy.HIGGSFIELD, null),
            null);

    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);

    private TestingMediaProvider upstream() {
        TestingMediaProvider upstream = new TestingMediaProvider("one");
        upstream.poll = (call, id) -> {
            waiting.incrementAndGet();
            pass();
            return TestingMediaProvider.nothing();
        };
        return upstream;
    }

    private void pass() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @OnBothDatabases
    void a_thousand_jobs_that_three_end_at_one_instant_end_once_with_one_settlement_and_one_event(TestDatabase db)
            throws Exception {
        Database other = db.dialect() == SqlDialect.POSTGRESQL ? db.another() : db.database();
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.tellers.put(
                    "tests", (job, event, base, target) -> Optional.of(new WebhookMessage(Map.of(), new byte[0])));
            rooms.limits = new LimitSettings(600, 1, JOBS, JOBS);
            JobSettings settings =
                    new JobSettings(2 * JOBS, Duration.ofHours(1), 100, 3, Duration.ofDays(1), Duration.ofSeconds(10));
            Jobs first = rooms.node(db.database(), settings, upstream());
            first.start();
            List<JobId> made = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                made.add(first.accept(rooms.image("x"), OPTIONS).job().id());
            }
            Await.until("the first node has every job", LONG, () -> waiting.get() == JOBS);
            Jobs second = rooms.node(other, settings, upstream());
            second.start();
            Await.until("the second node has every job too", LONG, () -> {
                db.writer()
                        .write(
                                "x",
                                tx -> tx.update(
                                        "update due_work set lease_until = 0 where kind = 'job' and owner = 'node-0'"));
                return waiting.get() >= 2 * JOBS;
            });
            List<Thread> customers = new ArrayList<>();
            for (JobId id : made) {
                customers.add(Thread.startVirtualThread(() -> {
                    pass();
                    first.cancel(rooms.organization, id, CancelRule.ANY);
                }));
            }
            go.countDown();
            for (Thread customer : customers) {
                customer.join();
            }
            check(rooms, first, made);
        } finally {
            if (other != db.database()) {
                other.close();
            }
        }
    }

    private void check(TestingRooms rooms, Jobs jobs, List<JobId> made) throws InterruptedException {
        int canceled = 0;
        for (JobId id : made) {
            Job job = jobs.await(rooms.organization, id, LONG);
            assertThat(job.state()).isIn(JobState.COMPLETED, JobState.CANCELED);
            canceled += job.state() == JobState.CANCELED ? 1 : 0;
        }
        System.out.println(rooms.db + ": of " + JOBS + " races the customer won " + canceled);
        rooms.stop();
        assertThat(count(rooms, "webhook_deliveries")).isEqualTo(JOBS);
        assertThat(rooms.spent()).isEqualTo(Money.usd("0.05").times(JOBS - canceled));
        assertThat(count(rooms, "job_events where number = 2")).isEqualTo(JOBS);
        assertThat(count(rooms, "usage_rows")).isEqualTo(JOBS - canceled);
    }

    private static long count(TestingRooms rooms, String what) {
        return rooms.db.database().<Long>read(tx -> tx.count("select count(*) from " + what));
    }
}
