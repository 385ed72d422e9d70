package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.picture;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitRules;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits of jobs at once, by plan, model and key, as real jobs meet them. */
class JobLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JobOptions OPTIONS = new JobOptions("tests", URI.create("http://localhost"), null, null, null);

    private final TestingMediaProvider one = new TestingMediaProvider("one");
    private final CountDownLatch go = new CountDownLatch(1);

    private static void rules(TestingRooms rooms, KeyId key, String ofOrganization, String ofKey) {
        LimitBook book = new LimitBook(rooms.db.database());
        rooms.db.writer().write("limits", tx -> {
            book.setOrganization(tx, rooms.organization, rules(ofOrganization));
            book.setKey(tx, key, rules(ofKey));
            return 1;
        });
    }

    private static LimitRules rules(String json) {
        return LimitRules.parse(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static JobId accept(TestingRooms rooms, Jobs jobs, Principal who) {
        return jobs.accept(rooms.image(who, Json.object().put("prompt", "x")), OPTIONS)
                .job()
                .id();
    }

    private static Problem refusal(TestingRooms rooms, Jobs jobs, Principal who) {
        return catchThrowableOfType(ProblemException.class, () -> accept(rooms, jobs, who))
                .problem();
    }

    @OnBothDatabases
    void no_more_run_at_once_than_the_rules_of_model_and_key_let_on_all_nodes_and_all_end(TestDatabase db) {
        Set<String> now = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        one.submit = call -> {
            now.add(call.job().toString());
            most.accumulateAndGet(now.size(), Math::max);
            return "up-" + call.job();
        };
        one.poll = (call, id) -> {
            now.remove(call.job().toString());
            return picture();
        };
        try (TestingRooms rooms = new TestingRooms(db)) {
            Principal narrow = rooms.principalOf(rooms.organization);
            rules(rooms, narrow.key(), "{\"models\":{\"test/*\":{\"running_jobs\":3}}}", "{\"running_jobs\":1}");
            List<Jobs> nodes = new ArrayList<>();
            nodes.add(rooms.running(one));
            if (db.database().dialect() == SqlDialect.POSTGRESQL) {
                nodes.add(rooms.running(one));
            }
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ids.add(accept(rooms, nodes.get(i % nodes.size()), i % 3 == 0 ? narrow : rooms.principal));
            }
            Await.until(
                    "all have ended", SOON, () -> rows(db.database(), "jobs where state = 'completed'") == ids.size());
            assertThat(most.get()).isBetween(1, 3);
            assertThat(rows(db.database(), "job_slots where open_jobs <> 0 or active_jobs <> 0"))
                    .isZero();
        }
    }

    @OnBothDatabases
    void a_job_over_a_running_limit_waits_and_one_over_a_queued_limit_is_told_the_learnt_time(TestDatabase db) {
        one.poll = (call, id) -> go.getCount() > 0 ? running(10) : picture();
        db.writer()
                .write(
                        "pace",
                        tx -> tx.update(
                                "insert into model_pace (model, length, runs) values ('test/image', ?, 20)",
                                Lengths.classOf(Duration.ofSeconds(40))));
        try (TestingRooms rooms = new TestingRooms(db)) {
            rules(rooms, rooms.principal.key(), "{\"running_jobs\":1,\"queued_jobs\":1}", "{}");
            Jobs jobs = rooms.running(one);
            JobId first = accept(rooms, jobs, rooms.principal);
            JobId second = accept(rooms, jobs, rooms.principal);
            Await.until("one runs", () -> one.submissions.size() == 1);
            Problem problem = refusal(rooms, jobs, rooms.principal);
            assertThat(problem.code()).isEqualTo(ProblemCode.CONCURRENCY_REACHED);
            assertThat(problem.facts()).containsEntry("limit", 1L).containsEntry("measure", "queued_jobs");
            assertThat(problem.retryAfter()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(46));
            go.countDown();
            Await.until("both are done", SOON, () -> ended(rooms, jobs, first) && ended(rooms, jobs, second));
            accept(rooms, jobs, rooms.principal);
            allEnd(db, 3);
        }
    }

    @OnBothDatabases
    void what_waits_behind_one_key_or_model_keeps_no_other_from_running(TestDatabase db) {
        one.poll = (call, id) -> go.getCount() > 0 ? running(10) : picture();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Principal narrow = rooms.principalOf(rooms.organization);
            rules(rooms, narrow.key(), "{\"running_jobs\":3}", "{\"running_jobs\":1}");
            Jobs jobs = rooms.running(one);
            for (int i = 0; i < 4; i++) {
                accept(rooms, jobs, narrow);
            }
            for (int i = 0; i < 2; i++) {
                accept(rooms, jobs, rooms.principal);
            }
            Await.until("one of the narrow key and both others run", () -> one.submissions.size() == 3);
            assertThat(rows(db.database(), "jobs where waiting = 1")).isEqualTo(3);
            go.countDown();
            Await.until("all have ended", SOON, () -> rows(db.database(), "jobs where state = 'completed'") == 6);
        }
    }

    @OnBothDatabases
    void what_waits_is_let_go_soon_after_a_limit_was_raised(TestDatabase db) {
        one.poll = (call, id) -> go.getCount() > 0 ? running(10) : picture();
        try (TestingRooms rooms = new TestingRooms(db)) {
            rules(rooms, rooms.principal.key(), "{}", "{\"running_jobs\":1}");
            Jobs jobs = rooms.running(one);
            for (int i = 0; i < 3; i++) {
                accept(rooms, jobs, rooms.principal);
            }
            Await.until("one runs", () -> one.submissions.size() == 1);
            rules(rooms, rooms.principal.key(), "{}", "{\"running_jobs\":2}");
            Await.until("another one runs", SOON, () -> one.submissions.size() == 2);
            assertThat(rows(db.database(), "jobs where waiting = 1")).isEqualTo(1);
            go.countDown();
            allEnd(db, 3);
        }
    }

    private static void allEnd(TestDatabase db, int jobs) {
        Await.until("all have ended", SOON, () -> rows(db.database(), "jobs where state = 'completed'") == jobs);
    }

    private static boolean ended(TestingRooms rooms, Jobs jobs, JobId id) {
        return jobs.find(rooms.organization, id).orElseThrow().state() == JobState.COMPLETED;
    }

    private static long rows(Database database, String from) {
        return database.<Long>read(tx -> tx.count("select count(*) from " + from));
    }
}
