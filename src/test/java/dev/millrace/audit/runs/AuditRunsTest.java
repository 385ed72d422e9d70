package dev.millrace.audit.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.audit.Audit;
import dev.millrace.audit.Check;
import dev.millrace.audit.holds.HoldCaseStore;
import dev.millrace.billing.PriceBook;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.db.Tx;
import dev.millrace.money.Money;
import dev.millrace.telemetry.Metrics;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;

/** Runs of the audit: what is new is checked as a full run would, the mark moves on only where all is well, and metrics show it. */
class AuditRunsTest {
    private static final PriceBook PRICES = new PriceVersionStore()::find;
    private static final List<String> BREACHES = List.of(
            "update wallets set available = available + 1",
            "update wallets set available = available - 1, held = held + 1",
            "update transfers set amount = amount + 1 where kind = 'settle' and created_at > {since}",
            "delete from transfers where kind = 'release' and created_at > {since}",
            "update transfers set debit = 'platform:cash_in' where kind = 'settle' and created_at > {since}",
            "update transfers set id = 'settle:job:' || amount where kind = 'settle' and created_at > {since}",
            "update transfers set id = 'refund:job:' || amount || ':1', kind = 'refund' where kind = 'settle' and created_at > {since}",
            "update holds set charge = charge - 1 where created_at > {since}",
            "update holds set state = 'open', charge = 0 where created_at > {since}",
            "update holds set terms = 'another@1' where created_at > {since}",
            "delete from usage_rows where created_at > {since}",
            "update usage_rows set charge = charge + 1 where created_at > {since}",
            "insert into holds (id, organization, key_id, amount, state, terms, created_at)"
                    + " select 'job:nobody', organization, 'k', 0, 'open', 'm@1', 1 from wallets");

    @OnBothDatabases
    void what_is_new_is_checked_as_everything_is(TestDatabase db) {
        Books books = new Books(db);
        books.charge(3);
        db.letTimePass(Duration.ofMillis(5));
        AuditRun first = books.runs.run(Scope.NEW, "schedule");
        assertThat(first.ok()).as(first.toString()).isTrue();
        db.letTimePass(Duration.ofMillis(5));
        books.charge(4);
        for (Instant since : List.of(Instant.EPOCH, verified(db, books))) {
            for (String sql : BREACHES) {
                String text = sql.replace("{since}", Long.toString(micros(since)));
                Set<String> all =
                        brokenBy(db, text, tx -> Audit.of(db.database(), PRICES).checks(false));
                Set<String> fresh = brokenBy(db, text, tx -> Audit.ofNew(since, PRICES));
                all.retainAll(ids(Audit.ofNew(since, PRICES)));
                assertThat(fresh)
                        .as("since " + since + ": " + text)
                        .isNotEmpty()
                        .isEqualTo(all);
            }
        }
        assertThat(verified(db, books)).isAfter(Instant.EPOCH);
        books.rooms.close();
    }

    @OnBothDatabases
    void random_movements_verified_piece_by_piece_are_verified_as_a_whole(TestDatabase db) {
        SplittableRandom random = Seeds.random("AuditRunsTest");
        Books books = new Books(db);
        List<HoldId> open = new ArrayList<>();
        Instant before = Instant.EPOCH;
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> open.add(books.hold());
                case 2 -> books.charge(random.nextInt(1, 100));
                default -> {
                    if (!open.isEmpty()) {
                        books.settle(
                                open.remove(random.nextInt(open.size())), random.nextInt(1, 100), Money.ZERO, "one");
                    }
                }
            }
            if (i % 10 == 9) {
                db.letTimePass(Duration.ofMillis(2));
                AuditRun run = books.runs.run(Scope.NEW, "schedule");
                assertThat(failed(run)).isSubsetOf("J4"); // the holds of this test are nobody's
                assertThat(verified(db, books)).isAfter(before);
                before = verified(db, books);
            }
        }
        open.forEach(hold -> books.settle(hold, 1, Money.ZERO, "one"));
        assertThat(failed(books.runs.run(Scope.NEW, "schedule"))).isEmpty();
        assertThat(failed(books.runs.run(Scope.FULL, "schedule"))).isEmpty();
        books.rooms.close();
    }

    @OnBothDatabases
    void what_is_broken_stays_in_sight_until_it_is_mended(TestDatabase db) {
        Books books = new Books(db);
        books.charge(3);
        db.letTimePass(Duration.ofMillis(5));
        db.writer().write("x", tx -> tx.update("update usage_rows set charge = charge + 1"));
        assertThat(failed(books.runs.run(Scope.NEW, "schedule"))).containsExactlyInAnyOrder("M8", "M8-price");
        assertThat(verified(db, books)).isEqualTo(Instant.EPOCH);
        assertThat(failed(books.runs.run(Scope.NEW, "schedule"))).containsExactlyInAnyOrder("M8", "M8-price");
        assertThat(actions(db)).containsExactly("audit.broken check:M8", "audit.broken check:M8-price");
        db.writer().write("x", tx -> tx.update("update usage_rows set charge = charge - 1"));
        assertThat(failed(books.runs.run(Scope.NEW, "operator"))).isEmpty();
        assertThat(verified(db, books)).isAfter(Instant.EPOCH);
        assertThat(actions(db)).hasSize(4).contains("audit.mended check:M8");
        List<AuditRun> kept = db.database().read(tx -> books.runs.store().runs(tx, 10));
        assertThat(kept).extracting(AuditRun::broken).containsExactlyInAnyOrder(0L, 2L, 2L);
        AuditRun newest = db.database()
                .read(tx -> books.runs.store().find(tx, kept.getLast().id()))
                .orElseThrow();
        assertThat(newest.results()).hasSizeGreaterThan(10);
        books.rooms.close();
    }

    @OnBothDatabases
    void metrics_show_each_check_and_the_open_holds(TestDatabase db) {
        Books books = new Books(db);
        books.hold();
        try (Metrics metrics = new Metrics()) {
            new AuditGauges(db.database(), books.runs.store(), new HoldCaseStore())
                    .register(metrics.registry(), books.runs.checks());
            db.writer().write("x", tx -> tx.update("update wallets set available = available + 1"));
            books.runs.run(Scope.FULL, "schedule");
            assertThat(metrics.scrape())
                    .contains("millrace_audit_check{check=\"M1\"} 0.0")
                    .contains("millrace_audit_check{check=\"M4\"} 0.0")
                    .contains("millrace_audit_check{check=\"M2\"} 1.0")
                    .contains("millrace_audit_check{check=\"I1\"} 1.0")
                    .contains("millrace_holds_open{age=\"1m\"} 1.0")
                    .contains("millrace_holds_open{age=\"older\"} 0.0")
                    .containsPattern("millrace_holds_open_nanos\\{age=\"1m\"} [1-9]")
                    .contains("millrace_holds_oldest_seconds")
                    .containsPattern("millrace_audit_run_timestamp_seconds\\{scope=\"full\"} [1-9]")
                    .contains("millrace_audit_run_timestamp_seconds{scope=\"new\"} NaN");
        }
        books.rooms.stop();
    }

    private static Instant verified(TestDatabase db, Books books) {
        return db.database().read(books.runs.store()::verified);
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000;
    }

    private static List<String> failed(AuditRun run) {
        return run.results().stream()
                .filter(outcome -> !outcome.result().ok())
                .map(outcome -> outcome.result().id())
                .toList();
    }

    private static List<String> actions(TestDatabase db) {
        return db.database()
                .read(tx -> tx.list(
                        "select action, subject from audit_log order by at, subject",
                        row -> row.text("action") + " " + row.text("subject")));
    }

    private static List<String> ids(List<Check> checks) {
        return checks.stream().map(Check::id).toList();
    }

    /** The names of what a change breaks, which is then undone. */
    private static Set<String> brokenBy(TestDatabase db, String sql, Function<Tx, List<Check>> checks) {
        Set<String> broken = new TreeSet<>();
        assertThatThrownBy(() -> db.writer().<Boolean>write("x", tx -> {
                    broken.clear();
                    Books.unlock(tx);
                    assertThat(tx.update(sql)).as(sql).isPositive();
                    checks.apply(tx).stream()
                            .map(check -> check.run(tx))
                            .filter(result -> !result.ok() && !result.id().equals("M9"))
                            .forEach(result -> broken.add(result.id()));
                    throw new IllegalArgumentException("undone");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        return broken;
    }
}
