package dev.millrace.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many spend one wallet at once: exactly as many are accepted as it has money for. */
class SpendRaceTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private static final Money PRICE = Money.usd("0.05");

    private final Wallet wallet = new Wallet();

    @OnBothDatabases
    void of_200_threads_exactly_as_many_spend_as_the_wallet_covers(TestDatabase db) throws Exception {
        open(db, PRICE.times(73));
        assertThat(race(200, i -> spend(db.database(), ACME.text(), "job:" + i)))
                .isEqualTo(73);
        assertThat(balance(db)).isEqualTo(new Balance(Money.ZERO, PRICE.times(73)));
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void lanes_that_meet_on_one_wallet_do_not_overdraw_it(TestDatabase db) throws Exception {
        open(db, PRICE.times(73));
        assertThat(race(200, i -> spend(db.database(), "lane " + i, "job:" + i)))
                .isEqualTo(73);
        MoneyChecker.ledger(db.database());
    }

    /** SQLite has one node. */
    @Test
    void two_nodes_do_not_overdraw_a_wallet() throws Exception {
        try (TestDatabase db = TestDatabase.postgres()) {
            open(db, PRICE.times(73));
            try (Database other = Database.open(db.settings(), db.clock(), new Random(1), new SimpleMeterRegistry())) {
                List<Database> nodes = List.of(db.database(), other);
                assertThat(race(200, i -> spend(nodes.get(i % 2), ACME.text(), "job:" + i)))
                        .isEqualTo(73);
            }
            MoneyChecker.ledger(db.database());
        }
    }

    @OnBothDatabases
    void the_first_two_spends_of_a_brand_new_wallet_do_not_overdraw_it(TestDatabase db) throws Exception {
        for (int round = 0; round < 20; round++) {
            OrganizationId fresh = new OrganizationId(new UUID(5, round));
            String name = "n" + round;
            db.writer()
                    .write(
                            fresh.text(),
                            tx -> wallet.open(tx, fresh) && wallet.topUp(tx, fresh, name, PRICE, Funding.CASH_IN));
            int accepted = race(
                    2,
                    i -> db.writer()
                                    .write(
                                            "lane " + i,
                                            tx -> wallet.hold(
                                                    tx,
                                                    Spender.of(fresh, KEY),
                                                    new HoldId("job:" + name + i),
                                                    PRICE,
                                                    "m@1"))
                            instanceof HoldOutcome.Held);
            assertThat(accepted).isEqualTo(1);
        }
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void a_wallet_opened_by_many_at_once_is_opened_once_and_a_hold_raced_by_many_is_taken_once(TestDatabase db)
            throws Exception {
        assertThat(race(20, i -> db.writer().write("lane " + i, tx -> wallet.open(tx, ACME))))
                .isEqualTo(1);
        assertThat(race(
                        20,
                        i -> db.writer()
                                .write("lane " + i, tx -> wallet.topUp(tx, ACME, "once", PRICE, Funding.CASH_IN))))
                .isEqualTo(1);
        assertThat(race(20, i -> spend(db.database(), ACME.text(), "job:one"))).isEqualTo(1);
        assertThat(race(
                        20,
                        i -> db.writer()
                                .write(
                                        "lane " + i,
                                        tx -> i % 2 == 0
                                                ? wallet.release(tx, new HoldId("job:one"))
                                                        .isPresent()
                                                : wallet.settle(tx, new HoldId("job:one"), PRICE)
                                                        .isPresent())))
                .isEqualTo(1);
        MoneyChecker.ledger(db.database());
    }

    private void open(TestDatabase db, Money amount) {
        db.writer()
                .write(
                        ACME.text(),
                        tx -> wallet.open(tx, ACME) && wallet.topUp(tx, ACME, "seed", amount, Funding.CASH_IN));
    }

    private boolean spend(Database database, String lane, String id) {
        return database.writer().write(lane, tx -> wallet.hold(tx, Spender.of(ACME, KEY), new HoldId(id), PRICE, "m@1"))
                instanceof HoldOutcome.Held;
    }

    private Balance balance(TestDatabase db) {
        return db.database().read(tx -> wallet.balance(tx, ACME));
    }

    private interface Racer {
        boolean run(int number) throws Exception;
    }

    /** Starts all at one moment, and counts those that won. */
    private static int race(int threads, Racer racer) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> running = new ArrayList<>();
        int won = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<Boolean> task = () -> {
                    start.await();
                    return racer.run(number);
                };
                running.add(executor.submit(task));
            }
            start.countDown();
            for (Future<Boolean> one : running) {
                won += one.get() ? 1 : 0;
            }
        }
        return won;
    }
}
