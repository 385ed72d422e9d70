package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.limits.LimitSettings;
import dev.millrace.money.Money;
import dev.millrace.provider.Callback;
import dev.millrace.provider.CallbackVerdict;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaProgress;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.webhooks.DeliveryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** F2: two nodes that both believe they run a job, a poller, a callback, and its customer, end it at the same instant. */
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
    void F2_a_thousand_jobs_that_three_end_at_one_instant_end_once_with_one_settlement_and_one_event(TestDatabase db)
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
            takenOver(db, 2 * JOBS, "~");
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

    /** Believes everything, and says that the job has finished. */
    private static final MediaCallbacks FINISHED = new MediaCallbacks() {
        @Override
        public boolean expected(MediaCall call) {
            return true;
        }

        @Override
        public CallbackVerdict read(Callback callback, Instant now) {
            return new CallbackVerdict.Told(
                    "up-" + callback.job() + "-" + callback.attempt(), TestingMediaProvider.nothing());
        }
    };

    private record Called(JobId job, String token) {
        static Called of(MediaCall call) {
            String path = String.valueOf(call.callback());
            return new Called(call.job(), path.substring(path.lastIndexOf('/') + 1));
        }

        CallbackAnswer at(Jobs node) {
            Callbacks callbacks = node.callbacks();
            CallbackAddress address =
                    callbacks.address("one", job.text(), token).orElseThrow();
            return callbacks.take(address, "POST", Map.of(), new byte[0]);
        }
    }

    @OnBothDatabases
    void F2_a_thousand_jobs_that_a_callback_a_poller_of_another_node_and_the_customer_end_at_one_instant_end_once(
            TestDatabase db) throws Exception {
        Database other = db.dialect() == SqlDialect.POSTGRESQL ? db.another() : db.database();
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.tellers.put(
                    "tests", (job, event, base, target) -> Optional.of(new WebhookMessage(Map.of(), new byte[0])));
            rooms.limits = new LimitSettings(600, 1, JOBS, JOBS);
            JobSettings settings =
                    new JobSettings(2 * JOBS, Duration.ofHours(1), 100, 3, Duration.ofDays(1), Duration.ofSeconds(10));
            // The first node has asked, and waits for callbacks; the second asks, and its answer is held back.
            TestingMediaProvider called = new TestingMediaProvider("one");
            called.callbacks = FINISHED;
            AtomicInteger asked = new AtomicInteger();
            called.poll = (call, id) -> {
                asked.incrementAndGet();
                return new MediaProgress.Running(0, null);
            };
            TestingMediaProvider polled = upstream();
            polled.callbacks = FINISHED;
            Jobs first = rooms.node(db.database(), settings, called);
            first.start();
            for (int i = 0; i < JOBS; i++) {
                var unused = first.accept(rooms.image("x"), OPTIONS);
            }
            // Twice: behind the submission, and once its id was durable.
            Await.until("the first node waits for every job", LONG, () -> asked.get() == 2 * JOBS);
            List<Called> calls = called.submissions.stream()
                    .map(submitted -> Called.of(submitted.call()))
                    .toList();
            Jobs second = rooms.node(other, settings, polled);
            second.start();
            // Half of them: of the others the first node's claims still stand, so that its callbacks can win.
            String half = calls.stream()
                    .map(call -> call.job().text())
                    .sorted()
                    .skip(JOBS / 2)
                    .findFirst()
                    .orElseThrow();
            takenOver(db, JOBS / 2, half);
            List<Thread> others = new ArrayList<>();
            for (Called call : calls) {
                others.add(Thread.startVirtualThread(() -> {
                    pass();
                    first.cancel(rooms.organization, call.job(), CancelRule.ANY);
                }));
                others.add(Thread.startVirtualThread(() -> {
                    pass();
                    call.at(first);
                }));
                others.add(Thread.startVirtualThread(() -> {
                    pass();
                    call.at(second);
                }));
            }
            go.countDown();
            for (Thread one : others) {
                one.join();
            }
            check(rooms, first, calls.stream().map(Called::job).toList());
        } finally {
            if (other != db.database()) {
                other.close();
            }
        }
    }

    /** Ends the claims of the first node on jobs before that one, until the second has so many polls under way. */
    private void takenOver(TestDatabase db, int polls, String before) {
        Await.until("the second node has them too", LONG, () -> {
            db.writer()
                    .write(
                            "x",
                            tx -> tx.update(
                                    "update due_work set lease_until = 0 where kind = 'job' and owner = 'node-0' and id < ?",
                                    before));
            return waiting.get() >= polls;
        });
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
        assertThat(count(rooms, "usage_rows where status = 'completed'")).isEqualTo(JOBS - canceled);
    }

    private static long count(TestingRooms rooms, String what) {
        return rooms.db.database().<Long>read(tx -> tx.count("select count(*) from " + what));
    }
}
