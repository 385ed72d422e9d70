package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitSettings;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class JobAcceptTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    private static JobOptions keyed(TestingRooms rooms, String key, String body) {
        IdempotencyKey named = new IdempotencyKey(rooms.organization, "POST /tests", key);
        return new JobOptions(
                "tests",
                URI.create("http://localhost"),
                new IdempotencyRequest(named, Fingerprint.of(Json.object().put("body", body))),
                null,
                null);
    }

    private static ProblemCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem().code();
    }

    private static long rows(TestDatabase db, String table) {
        return db.database().<Long>read(tx -> tx.count("select count(*) from " + table));
    }

    @OnBothDatabases
    void without_the_money_nothing_is_taken_and_no_upstream_is_called(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Principal poor = rooms.principalOf(rooms.funded(Money.usd("0.04")));
            Jobs jobs = rooms.running(one);
            assertThat(codeOf(() ->
                            jobs.accept(rooms.image(poor, Json.object().put("prompt", "x")), keyed(rooms, "k", "x"))))
                    .isEqualTo(ProblemCode.INSUFFICIENT_FUNDS);
            assertThat(rows(db, "jobs")).isZero();
            assertThat(rows(db, "idempotency_keys")).isZero();
            assertThat(one.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void when_the_hold_can_not_be_written_no_upstream_is_called(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            rooms.signals.on(Checkpoint.ACCEPT_BEFORE_COMMIT, () -> {
                throw new IllegalStateException("the disk is full");
            });
            assertThat(catchThrowableOfType(IllegalStateException.class, () -> jobs.accept(rooms.image("x"), OPTIONS)))
                    .hasMessage("the disk is full");
            assertThat(rows(db, "jobs")).isZero();
            assertThat(rows(db, "due_work where kind = 'job'")).isZero();
            assertThat(rooms.balance().held()).isEqualTo(Money.ZERO);
            assertThat(one.submissions).isEmpty();
        }
    }

    @OnBothDatabases
    void a_thousand_requests_with_one_key_at_once_make_one_job(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Jobs jobs = rooms.running(one);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Accepted>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return jobs.accept(rooms.image("x"), keyed(rooms, "the-key", "x"));
                }));
            }
            go.countDown();
            List<Accepted> accepted = new ArrayList<>();
            for (Future<Accepted> answer : answers) {
                accepted.add(answer.get());
            }
            Set<JobId> made = accepted.stream().map(answer -> answer.job().id()).collect(Collectors.toSet());
            assertThat(made).hasSize(1);
            assertThat(accepted.stream().filter(answer -> !answer.replayed())).hasSize(1);
            Job job = jobs.await(rooms.organization, made.iterator().next(), SOON);
            assertThat(job.state()).isEqualTo(JobState.COMPLETED);
            assertThat(one.submissions).hasSize(1);
            assertThat(rooms.spent()).isEqualTo(Money.usd("0.05"));
        }
    }

    @OnBothDatabases
    void a_repeat_gets_the_same_job_and_another_body_is_refused(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobOptions options = keyed(rooms, "k", "x");
            assertThat(jobs.replay(options.idempotency())).isEmpty();
            Job first = jobs.accept(rooms.image("x"), options).job();
            jobs.await(rooms.organization, first.id(), SOON);
            Accepted again = jobs.accept(rooms.image("x"), options);
            assertThat(again.replayed()).isTrue();
            assertThat(again.job().id()).isEqualTo(first.id());
            assertThat(again.job().state()).isEqualTo(JobState.COMPLETED);
            assertThat(jobs.replay(options.idempotency()).orElseThrow().id()).isEqualTo(first.id());
            assertThat(codeOf(() -> jobs.accept(rooms.image("y"), keyed(rooms, "k", "y"))))
                    .isEqualTo(ProblemCode.IDEMPOTENCY_MISMATCH);
            assertThat(rows(db, "jobs")).isEqualTo(1);
        }
    }

    @OnBothDatabases
    void an_organization_has_so_many_open_jobs_and_no_more(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            rooms.limits = new LimitSettings(600, 64, 2);
            Jobs jobs = rooms.node(one);
            Job first = jobs.accept(rooms.image("x"), OPTIONS).job();
            jobs.accept(rooms.image("x"), OPTIONS);
            assertThat(codeOf(() -> jobs.accept(rooms.image("x"), OPTIONS))).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
            jobs.start();
            jobs.await(rooms.organization, first.id(), SOON);
            Job third = jobs.accept(rooms.image("x"), OPTIONS).job();
            assertThat(jobs.await(rooms.organization, third.id(), SOON).state()).isEqualTo(JobState.COMPLETED);
            Await.until("all ended", () -> rows(db, "jobs where state = 'completed'") == 3);
        }
    }

    @OnBothDatabases
    void without_an_upstream_nothing_is_taken(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node();
            assertThat(codeOf(() -> jobs.accept(rooms.image("x"), OPTIONS))).isEqualTo(ProblemCode.NO_CAPACITY);
            assertThat(rows(db, "jobs")).isZero();
        }
    }

    @OnBothDatabases
    void a_list_goes_from_page_to_page_newest_first_and_shows_only_the_own_jobs(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            Principal other = rooms.principalOf(rooms.funded(Money.usd("1")));
            List<JobId> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                made.add(jobs.accept(rooms.image("x"), OPTIONS).job().id());
                jobs.accept(rooms.image(other, Json.object().put("prompt", "x")), OPTIONS);
                if (i % 2 == 0) {
                    db.clock().advance(Duration.ofSeconds(1));
                }
            }
            for (JobId job : made) {
                jobs.await(rooms.organization, job, SOON);
            }
            List<JobId> listed = new ArrayList<>();
            String cursor = null;
            do {
                JobPage page = jobs.list(rooms.organization, JobFilter.ALL, cursor, 2);
                page.jobs().forEach(job -> listed.add(job.id()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(listed).containsExactlyElementsOf(made.reversed());
            JobFilter failed = new JobFilter(JobState.FAILED, null, null);
            assertThat(jobs.list(rooms.organization, failed, null, 2).jobs()).isEmpty();
            assertThat(codeOf(() -> jobs.list(rooms.organization, JobFilter.ALL, "tampered!", 2)))
                    .isEqualTo(ProblemCode.INVALID_PARAMETER);
            assertThat(jobs.find(other.organization(), made.getFirst())).isEmpty();
            Await.until("all ended", () -> rows(db, "jobs where state = 'completed'") == 10);
        }
    }
}
