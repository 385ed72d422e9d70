package dev.millrace.bench;

import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.HoldOutcome;
import dev.millrace.wallet.Wallet;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a second a hold is taken and settled, each durable before the next, on a database that was empty and on another with ten
 * million transfers and a million finished jobs, a tenth of them of the organization that pays. The rounds of the two take turns.
 */
final class LedgerFlatBench implements Benchmark {
    private static final long TRANSFERS = Long.getLong("millrace.bench.transfers", 10_000_000);
    private static final long FINISHED = Long.getLong("millrace.bench.finished", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("millrace.bench.rounds", 15);
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Money HELD = Money.usd("0.02");
    private static final Money COST = Money.usd("0.01");

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (Side empty = new Side(dialect);
                    Side full = new Side(dialect)) {
                full.fill(out);
                Rates.most(empty::holdAndSettle, ROUND); // warms the code up
                Rates.most(full::holdAndSettle, ROUND);
                compare(out, dialect, empty, full);
            }
        }
    }

    /** The two of a round are as near to each other as can be, so what else the machine does takes as much from both. */
    private static void compare(PrintStream out, SqlDialect dialect, Side empty, Side full)
            throws InterruptedException {
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            boolean fullFirst = round % 2 == 0;
            double first = Rates.most(fullFirst ? full::holdAndSettle : empty::holdAndSettle, ROUND);
            double second = Rates.most(fullFirst ? empty::holdAndSettle : full::holdAndSettle, ROUND);
            before.add(fullFirst ? second : first);
            after.add(fullFirst ? first : second);
            ratios.add(after.getLast() / before.getLast());
            out.printf(
                    "%-10s round %d: empty %,7.0f holds and settlements/s, full %,7.0f%n",
                    dialect, round, before.getLast(), after.getLast());
        }
        out.printf(
                "%-10s medians: empty %,.0f/s, full %,.0f/s, of the rounds' ratios %.1f %%%n",
                dialect, Rates.median(before), Rates.median(after), 100 * Rates.median(ratios));
    }

    /** One of the two databases, with a funded wallet. */
    private static final class Side implements AutoCloseable {
        private final TestDatabase test;
        private final JobRooms rooms;
        private final Wallet wallet = new Wallet();
        private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());

        Side(SqlDialect dialect) throws Exception {
            this.test = TestDatabase.open(dialect);
            this.rooms = JobRooms.idle(test.database(), Files.createTempDirectory("millrace-bench"));
        }

        void fill(PrintStream out) throws Exception {
            long begun = System.nanoTime();
            Filling.fill(test, rooms.principal, FINISHED);
            Filling.transfers(test, rooms.principal, TRANSFERS - 2 * FINISHED);
            long transfers = test.database().<Long>read(tx -> tx.count("select count(*) from transfers"));
            out.printf(
                    "%-10s %,d transfers and %,d jobs filled in within %.0f s%n",
                    test.dialect(), transfers, FINISHED, (System.nanoTime() - begun) / 1e9);
        }

        void holdAndSettle() {
            Database database = test.database();
            Principal payer = rooms.principal;
            Spender spender = Spender.of(payer.organization(), payer.key());
            HoldId id = new HoldId("live:" + ids.job().text());
            String lane = payer.organization().text();
            HoldOutcome outcome = database.writer().write(lane, tx -> wallet.hold(tx, spender, id, HELD, "terms"));
            if (!(outcome instanceof HoldOutcome.Held)
                    || database.writer()
                            .write(lane, tx -> wallet.settle(tx, id, COST))
                            .isEmpty()) {
                throw new IllegalStateException("a hold was not taken, or not settled: " + outcome);
            }
        }

        @Override
        public void close() {
            rooms.close();
            test.close();
        }
    }
}
