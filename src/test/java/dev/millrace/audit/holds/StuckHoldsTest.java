package dev.millrace.audit.holds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.audit.holds.HoldCase.Outcome;
import dev.millrace.audit.runs.Books;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.Jobs;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.HoldId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Every way in which a crash, or a fault, can leave a hold open that nobody would end. */
class StuckHoldsTest {
    private static final Duration GRACE = Duration.ofMinutes(2);
    private static final Duration MODEL = Duration.ofMinutes(5);
    private static final Duration QUEUE = Duration.ofHours(6);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private StuckHolds holds(Books books, HoldRule... more) {
        return new StuckHolds(
                books.db.database(),
                books.rooms.billing,
                books.rooms.dueWork,
                new Trail(books.rooms.ids),
                metrics,
                new HoldTimes(GRACE, QUEUE, model -> MODEL),
                List.of(more));
    }

    @OnBothDatabases
    void a_live_hold_without_an_owner_goes_back_behind_the_grace(TestDatabase db) {
        Books books = new Books(db);
        HoldId hold = books.hold();
        assertThat(holds(books).resolve()).isEmpty();
        age(db, hold, GRACE.plusSeconds(1));
        assertThat(holds(books).resolve())
                .singleElement()
                .satisfies(found -> assertThat(found.outcome()).isEqualTo(Outcome.RELEASED));
        assertThat(holds(books).resolve()).isEmpty();
        assertThat(usage(db)).containsExactly(hold + " failed internal 0");
        assertThat(trail(db)).containsExactly("hold.released hold:" + hold);
        assertThat(metrics.counter("millrace.holds.stuck", "kind", "live", "outcome", "released")
                        .count())
                .isEqualTo(1);
        books.rooms.close();
    }

    @OnBothDatabases
    void a_live_hold_of_a_node_that_lives_is_left_alone_and_beyond_its_time_reported(TestDatabase db) {
        Books books = new Books(db);
        HoldId hold = books.hold();
        db.writer()
                .<Boolean>write(
                        "x",
                        tx -> books.rooms.dueWork.add(
                                tx, "live", subject(hold), "x", tx.now().plusSeconds(45)));
        age(db, hold, GRACE.plusSeconds(1));
        assertThat(holds(books).resolve()).isEmpty();
        age(db, hold, MODEL.plus(GRACE).plusSeconds(1));
        assertThat(holds(books).resolve())
                .singleElement()
                .satisfies(found -> assertThat(found.outcome()).isEqualTo(Outcome.LEFT));
        assertThat(holds(books).resolve()).as("reported once").isEmpty();
        assertThat(left(books)).hasSize(1);
        books.settle(hold, 1, Money.ZERO, "one");
        assertThat(left(books)).isEmpty();
        books.rooms.stop();
    }

    @OnBothDatabases
    void a_live_hold_of_a_dead_node_is_released_by_whichever_node_takes_it_up(TestDatabase db) {
        Books books = new Books(db);
        HoldId hold = books.hold();
        db.writer()
                .<Boolean>write(
                        "x",
                        tx -> books.rooms.dueWork.add(
                                tx, "live", subject(hold), books.rooms.organization.text(), tx.now()));
        age(db, hold, Duration.ofMinutes(1));
        assertThat(holds(books).resolve()).as("that is the sweep's").isEmpty();
        books.rooms.relay().start();
        Await.until("the sweep gave it back", () -> open(db) == 0);
        books.rooms.close();
    }

    @OnBothDatabases
    void a_hold_whose_job_is_not_there_goes_back(TestDatabase db) {
        Books books = new Books(db);
        JobId job = accepted(books);
        db.writer().<Boolean>write("x", tx -> {
            tx.update("delete from due_work where id = ?", job);
            tx.update("delete from job_events where job = ?", job);
            tx.update("delete from job_slots");
            return tx.won("delete from jobs where id = ?", job);
        });
        age(db, HoldId.of(job), GRACE.plusSeconds(1));
        assertThat(holds(books).resolve())
                .extracting(HoldCase::outcome, HoldCase::found)
                .containsExactly(tuple(Outcome.RELEASED, "job that is not there"));
        books.rooms.close();
    }

    @OnBothDatabases
    void a_job_that_everybody_forgot_is_run_after_all(TestDatabase db) {
        Books books = new Books(db);
        JobId job = accepted(books);
        db.writer().write("x", tx -> tx.update("delete from due_work where id = ?", job));
        age(db, HoldId.of(job), GRACE.plusSeconds(1));
        assertThat(holds(books).resolve()).extracting(HoldCase::outcome).containsExactly(Outcome.REQUEUED);
        assertThat(holds(books).resolve()).isEmpty();
        books.rooms.running(new TestingMediaProvider("one"));
        Await.until("it ended", () -> open(db) == 0);
        assertThat(states(db)).containsExactly("completed");
        books.rooms.close();
    }

    @OnBothDatabases
    void the_hold_of_a_job_that_ended_is_ended_as_the_job_was(TestDatabase db) {
        Books books = new Books(db);
        JobId completed = accepted(books);
        books.rooms.running(new TestingMediaProvider("one"));
        Await.until("it ended", () -> open(db) == 0);
        books.rooms.stop();
        HoldId hold = HoldId.of(completed);
        reopen(db, hold);
        age(db, hold, GRACE.plusSeconds(1));
        assertThat(holds(books).resolve()).extracting(HoldCase::outcome).containsExactly(Outcome.SETTLED);
        assertThat(books.rooms.spent()).isEqualTo(Money.usd("0.05"));
        MoneyChecker.atRest(db.database());
        reopen(db, hold);
        age(db, hold, GRACE.plusSeconds(1));
        db.writer().<Boolean>write("x", tx -> {
            tx.update("update jobs set state = 'failed', charge = null, problem = 'internal'");
            tx.update("update job_events set state = 'failed' where state = 'completed'");
            tx.update("delete from usage_rows");
            tx.update("delete from usage_days");
            return tx.update("delete from usage_hours") > 0;
        });
        assertThat(holds(books).resolve()).extracting(HoldCase::outcome).containsExactly(Outcome.RELEASED);
        assertThat(books.rooms.spent()).isEqualTo(Money.ZERO);
        MoneyChecker.atRest(db.database());
    }

    @OnBothDatabases
    void what_no_rule_can_tell_is_reported_and_nothing_moves(TestDatabase db) {
        Books books = new Books(db);
        JobId job = accepted(books);
        HoldId hold = HoldId.of(job);
        db.writer().write("x", tx -> tx.update("update jobs set state = 'completed', charge = 1, finished_at = 1"));
        HoldId strange = books.hold();
        db.writer().write("x", tx -> tx.update("update holds set id = 'strange:1' where id = ?", strange));
        age(db, hold, GRACE.plusSeconds(1));
        age(db, new HoldId("strange:1"), GRACE.plusSeconds(1));
        assertThat(holds(books).resolve())
                .hasSize(2)
                .allMatch(found -> found.outcome() == Outcome.LEFT)
                .extracting(HoldCase::found)
                .anyMatch(found -> found.contains("usage row"))
                .anyMatch(found -> found.contains("no rule"));
        assertThat(open(db)).isEqualTo(2);
        books.rooms.stop();
    }

    @OnBothDatabases
    void another_room_brings_the_rule_of_its_own_kind(TestDatabase db) {
        Books books = new Books(db);
        HoldId live = books.hold();
        db.writer().write("x", tx -> tx.update("update holds set id = 'credit:1' where id = ?", live));
        age(db, new HoldId("credit:1"), GRACE.plusSeconds(1));
        HoldRule blocks = new HoldRule() {
            @Override
            public String kind() {
                return "credit";
            }

            @Override
            public Ruling rule(Tx tx, OpenHold hold) {
                return new Ruling.Release("of nobody");
            }

            @Override
            public boolean release(Tx tx, OpenHold hold) {
                return books.rooms.billing.releaseStuck(tx, hold.id());
            }
        };
        assertThat(holds(books, blocks).resolve()).extracting(HoldCase::outcome).containsExactly(Outcome.RELEASED);
        assertThat(open(db)).isZero();
        books.rooms.stop();
    }

    @OnBothDatabases
    void what_is_left_of_a_block_without_an_owner_goes_back(TestDatabase db) {
        Books books = new Books(db);
        HoldId block = new HoldId("block:" + books.rooms.ids.uuid());
        db.writer()
                .<Boolean>write(
                        "x",
                        tx -> books.rooms
                                .billing
                                .blocks()
                                .open(
                                        tx,
                                        books.rooms.principal.spender(),
                                        block,
                                        Money.ofNanos(1),
                                        Money.usd("1"),
                                        4,
                                        "a node that died")
                                .isPresent());
        db.writer().write("x", tx -> tx.update("delete from due_work where kind = 'block'"));
        age(db, block, GRACE.plusSeconds(1));
        assertThat(holds(books).resolve()).extracting(HoldCase::outcome).containsExactly(Outcome.RELEASED);
        assertThat(books.rooms.spent()).isEqualTo(Money.ZERO);
        books.rooms.close();
    }

    private List<HoldCase> left(Books books) {
        return books.db.database().read(tx -> holds(books).store().left(tx, 10));
    }

    private static JobId accepted(Books books) {
        Jobs jobs = books.rooms.node(new TestingMediaProvider("one"));
        Job job = jobs.accept(books.rooms.image("a mill"), JobOptions.of("tests", URI.create("http://localhost")))
                .job();
        return job.id();
    }

    private static void age(TestDatabase db, HoldId hold, Duration by) {
        db.writer()
                .<Boolean>write(
                        "x",
                        tx -> tx.won(
                                "update holds set created_at = ? where id = ?",
                                tx.now().minus(by),
                                hold));
    }

    /** As if the commit that ended the job had lost its money's half: what the database would never do. */
    private static void reopen(TestDatabase db, HoldId hold) {
        db.writer().<Boolean>write("x", tx -> {
            Books.unlock(tx);
            tx.update("delete from transfers where id in (?, ?)", "settle:" + hold, "release:" + hold);
            Books.lock(tx);
            long amount = tx.count("select amount from holds where id = ?", hold);
            long back = amount - tx.count("select charge from holds where id = ?", hold);
            tx.update("update holds set state = 'open', charge = 0, resolved_at = null where id = ?", hold);
            return tx.won("update wallets set available = available - ?, held = held + ?", back, amount);
        });
    }

    private static String subject(HoldId hold) {
        return hold.text().substring(5);
    }

    private static long open(TestDatabase db) {
        return db.database().read(tx -> tx.count("select count(*) from holds where state = 'open'"));
    }

    private static List<String> states(TestDatabase db) {
        return db.database().read(tx -> tx.list("select state from jobs", row -> row.text("state")));
    }

    private static List<String> usage(TestDatabase db) {
        return db.database()
                .read(tx -> tx.list(
                        "select id, status, error, charge from usage_rows",
                        row -> row.text("id") + " " + row.text("status") + " " + row.text("error") + " "
                                + row.number("charge")));
    }

    private static List<String> trail(TestDatabase db) {
        return db.database()
                .read(tx -> tx.list(
                        "select action, subject from audit_log order by at",
                        row -> row.text("action") + " " + row.text("subject")));
    }
}
