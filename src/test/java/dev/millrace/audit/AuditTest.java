package dev.millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStatus;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Settlement;
import dev.millrace.wallet.Wallet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Each way of breaking the tables is found by the checks that it breaks, and by no other. */
class AuditTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final JobId JOB = new JobId(new UUID(5, 6));

    private final Wallet wallet = new Wallet();

    private record Breach(String sql, String... found) {}

    private static final List<Breach> BREACHES = List.of(
            new Breach("update wallets set available = available + 1", "M1", "M4"),
            new Breach("update wallets set available = available - 1, held = held + 1", "M4", "M5", "M5-rest"),
            new Breach("delete from wallets", "M1", "M4"),
            new Breach("update transfers set amount = amount + 1 where kind = 'topup'", "M1", "M4"),
            new Breach("update transfers set credit = 'platform:revenue' where kind = 'topup'", "M1", "M2", "M4"),
            new Breach("update transfers set id = 'settle:job:nobody' where kind = 'settle'", "M6"),
            new Breach("delete from transfers where kind = 'release'", "M4", "M6"),
            new Breach("update holds set charge = charge - 1", "M6", "M7", "M8"),
            new Breach("update holds set state = 'open', charge = 0", "J4", "M5", "M5-rest", "M6", "M7", "M8"),
            new Breach("update holds set refunded = 1", "M10"),
            new Breach("update holds set terms = 'm@2'", "M7", "M8"),
            new Breach("delete from usage_rows", "M8", "U1"),
            new Breach("update usage_rows set charge = charge + 1", "M8", "U1"),
            new Breach("update usage_days set image = image + 1", "U1"),
            new Breach("update usage_hours set requests = requests + 1", "U3"),
            new Breach("delete from usage_days", "U1", "U3"),
            new Breach("update jobs set state = 'failed'", "J1", "M7"),
            new Breach("update jobs set charge = charge + 1", "M7"),
            new Breach("delete from job_events where number = 0", "J3"),
            new Breach("delete from job_events where number = 2", "J1"),
            new Breach(
                    "insert into job_events (job, number, state, at) select id, 3, 'failed', 1 from jobs", "J1", "J3"),
            new Breach("update jobs set state = 'running', finished_at = null", "J1", "J1-rest", "L1", "M7"),
            new Breach("insert into job_slots (organization, open_jobs) values ('x', 1)", "L1"));

    @OnBothDatabases
    void every_breach_is_found_by_name(TestDatabase db) {
        seed(db);
        MoneyChecker.atRest(db.database());
        Audit audit = Audit.of(db.database());
        assertThat(audit.run(true)).hasSizeGreaterThan(12).allMatch(CheckResult::ok);
        db.writer().write(ACME.text(), tx -> dropTriggers(tx));
        assertThat(audit.run(true))
                .filteredOn(result -> !result.ok())
                .extracting(CheckResult::id)
                .containsExactly("M9");
        Map<String, Set<String>> expected = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        for (Breach breach : BREACHES) {
            expected.put(breach.sql(), new TreeSet<>(List.of(breach.found())));
            found.put(breach.sql(), found(db, audit, breach.sql()));
        }
        assertThat(found).isEqualTo(expected);
    }

    @OnBothDatabases
    void the_checker_of_the_tests_fails_with_examples(TestDatabase db) {
        seed(db);
        db.writer().write(ACME.text(), tx -> tx.update("update wallets set available = available + 1"));
        assertThatThrownBy(() -> MoneyChecker.atRest(db.database()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BROKEN M4")
                .hasMessageContaining("replay: org:" + ACME.text() + ":available")
                .hasMessageContaining("the sum is 1 nanos");
    }

    @OnBothDatabases
    void no_more_than_five_examples_are_told_and_all_are_counted(TestDatabase db) {
        db.writer().<Boolean>write(ACME.text(), tx -> {
            for (int i = 0; i < 9; i++) {
                tx.update(
                        "insert into wallets (organization, available, held, opened_at) values (?, 7, 0, 0)", "o" + i);
            }
            return true;
        });
        CheckResult broken = Audit.of(db.database()).run(false).stream()
                .filter(result -> result.id().equals("M4"))
                .findFirst()
                .orElseThrow();
        assertThat(broken.broken()).isEqualTo(9);
        assertThat(broken.examples()).hasSize(5).first().asString().startsWith("o0: stored 7");
    }

    /** Runs the breach and the audit in one unit, which is then undone. */
    private static TreeSet<String> found(TestDatabase db, Audit audit, String sql) {
        TreeSet<String> broken = new TreeSet<>();
        assertThatThrownBy(() -> db.writer().<Boolean>write(ACME.text(), tx -> {
                    broken.clear();
                    assertThat(tx.update(sql)).as(sql).isPositive();
                    audit.run(tx, true).stream()
                            .filter(result -> !result.ok() && !result.id().equals("M9"))
                            .forEach(result -> broken.add(result.id()));
                    throw new UndoneException();
                }))
                .isInstanceOf(UndoneException.class);
        return broken;
    }

    private static final class UndoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static int dropTriggers(Tx tx) {
        String on = tx.dialect() == SqlDialect.POSTGRESQL ? " on transfers" : "";
        tx.update("drop trigger transfers_are_never_changed" + on);
        return tx.update("drop trigger transfers_are_never_deleted" + on);
    }

    /** One completed job, with its money, its usage and its history. */
    private void seed(TestDatabase db) {
        HoldId hold = HoldId.of(JOB);
        db.writer().<Boolean>write(ACME.text(), tx -> {
            wallet.open(tx, ACME);
            wallet.topUp(tx, ACME, "seed", Money.ofNanos(1000), Funding.CASH_IN);
            wallet.hold(tx, Spender.of(ACME, new KeyId("keykeykeykey1")), hold, Money.ofNanos(500), "m@1");
            Settlement settled = wallet.settle(tx, hold, Money.ofNanos(300)).orElseThrow();
            new UsageStore().add(tx, usage(tx, settled));
            job(tx);
            return true;
        });
    }

    private static UsageRow usage(Tx tx, Settlement settled) {
        return new UsageRow(
                settled.hold().text(),
                ACME,
                new KeyId("keykeykeykey1"),
                null,
                "m",
                "sandbox",
                Modality.IMAGE,
                "millrace",
                Units.of(Unit.IMAGE, 1),
                UnitsSource.PLANNED,
                "1",
                "{}",
                settled.charge(),
                Money.ZERO,
                UsageStatus.COMPLETED,
                null,
                tx.now(),
                1,
                null);
    }

    private static void job(Tx tx) {
        tx.update("""
                insert into jobs (id, organization, key_id, environment, dialect, model, modality, state, progress, created_at,
                    finished_at, retention_ms, hold, charge, price_version, provider, upstream_model, submission, intent,
                    exposed)
                values (?, ?, 'k', 'test', 'millrace', 'm', 'image', 'completed', 100, 1, 3, 1, 500, 300, '1', 'sandbox', 'm',
                    1, 0, 0)""", JOB, ACME);
        tx.update("""
                insert into job_events (job, number, state, at) values (?, 0, 'queued', 1), (?, 1, 'running', 2),
                    (?, 2, 'completed', 3)""", JOB, JOB, JOB);
    }
}
