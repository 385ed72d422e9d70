package dev.millrace.bench;

import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.HoldOutcome;
import dev.millrace.wallet.Wallet;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Holds on ONE hot wallet: many callers through the Writer with group commit, against the same callers and the same
 * operation with a commit for each. SQLite runs with synchronous=FULL, PostgreSQL with fsync and synchronous_commit=on.
 */
final class LedgerBench implements Benchmark {
    private static final int CALLERS = 2_000;
    private static final int ROUNDS = 5;
    private static final int LONE_HOLDS = 2_000;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Money FUNDS = Money.usd("1000000");
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private static final Money AMOUNT = Money.usd("0.01");

    private final Wallet wallet = new Wallet();
    private final IdSource ids = new IdSource(InstantSource.system(), new Random(1));
    private final AtomicLong numbers = new AtomicLong();

    @Override
    public void run(PrintStream out) {
        for (SqlDialect dialect : SqlDialect.values()) {
            try (TestDatabase grouped = open(dialect, DatabaseSettings.DEFAULTS.batch());
                    TestDatabase single = open(dialect, 1)) {
                compare(out, dialect, grouped.database(), single.database());
            }
        }
    }

    private void compare(PrintStream out, SqlDialect dialect, Database grouped, Database single) {
        OrganizationId hot = fund(grouped);
        OrganizationId cold = fund(single);
        throughput(grouped, hot, 1); // warms the code up
        double together = 0;
        double apart = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            double a = throughput(single, cold, CALLERS);
            double b = throughput(grouped, hot, CALLERS);
            out.printf(
                    "%-10s round %d: single transactions %,8.0f/s   group commit %,8.0f/s   %5.1fx%n",
                    dialect, round, a, b, b / a);
            apart += a;
            together += b;
        }
        long[] lone = lone(grouped, hot);
        double each = 1e6 * ROUNDS / apart;
        out.printf(
                "%-10s in all: %.1fx   a lone hold: p50 %,d µs, p99 %,d µs   a single transaction in a row: %,.0f µs%n",
                dialect, together / apart, lone[lone.length / 2] / 1_000, lone[lone.length * 99 / 100] / 1_000, each);
    }

    private double throughput(Database database, OrganizationId organization, int callers) {
        long begun = System.nanoTime();
        long end = begun + ROUND.toNanos();
        AtomicLong holds = new AtomicLong();
        List<Thread> threads = IntStream.range(0, callers)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() - end < 0) {
                        hold(database, organization);
                        holds.incrementAndGet();
                    }
                }))
                .toList();
        threads.forEach(LedgerBench::join);
        return holds.get() * 1e9 / (System.nanoTime() - begun);
    }

    private long[] lone(Database database, OrganizationId organization) {
        long[] nanos = new long[LONE_HOLDS];
        for (int i = 0; i < LONE_HOLDS; i++) {
            long begun = System.nanoTime();
            hold(database, organization);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private void hold(Database database, OrganizationId organization) {
        HoldId id = new HoldId("live:" + numbers.incrementAndGet());
        HoldOutcome outcome = database.writer()
                .write(organization.text(), tx -> wallet.hold(tx, Spender.of(organization, KEY), id, AMOUNT, ""));
        if (!(outcome instanceof HoldOutcome.Held)) {
            throw new IllegalStateException("a hold was not taken: " + outcome);
        }
    }

    private OrganizationId fund(Database database) {
        OrganizationId organization = ids.organization();
        database.writer().write(organization.text(), tx -> {
            wallet.open(tx, organization);
            return wallet.topUp(tx, organization, "bench:" + organization.text(), FUNDS, Funding.PROMOTION);
        });
        return organization;
    }

    private static TestDatabase open(SqlDialect dialect, int batch) {
        return TestDatabase.open(
                dialect,
                s -> new DatabaseSettings(s.url(), s.user(), s.password(), s.lanes(), s.readers(), batch, s.queue()));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
