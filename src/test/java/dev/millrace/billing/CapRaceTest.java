package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.HoldId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 threads at once against one cap, one wallet or one grant that covers exactly N: exactly N are accepted, every time. */
class CapRaceTest {
    private static final int THREADS = 200;

    @TempDir
    Path folder;

    @OnBothDatabases
    void exactly_as_many_are_accepted_as_each_kind_of_cap_covers(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("10000");
        int round = 0;
        for (CapSubject subject : List.of(Shop.ALL, Shop.THE_MEMBER, Shop.THE_KEY)) {
            for (CapPeriod period : CapPeriod.values()) {
                shop.cap(subject, period, "73.99");
                Outcome outcome = race(shop, List.of(db.database()), "r" + round++, true);
                assertThat(outcome).as("%s %s", subject, period).isEqualTo(new Outcome(73, 127, 0));
                shop.counts(subject, period, "0", "73");
                shop.cap(subject, period, null);
                releaseAll(shop);
            }
        }
        shop.check();
    }

    @OnBothDatabases
    void the_tightest_of_all_caps_and_the_wallet_decides(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("60");
        shop.cap(Shop.ALL, CapPeriod.MONTH, "90");
        shop.cap(Shop.THE_KEY, CapPeriod.DAY, "70");
        shop.cap(Shop.THE_MEMBER, CapPeriod.TOTAL, "80");
        assertThat(race(shop, List.of(db.database()), "a", false)).isEqualTo(new Outcome(60, 0, 140));
        shop.counts(Shop.THE_KEY, CapPeriod.DAY, "0", "60");
        shop.check();
    }

    @OnBothDatabases
    void a_wallet_of_grants_and_credit_covers_exactly_what_it_has(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("20");
        db.writer().<Boolean>write(ACME.text(), tx -> {
            for (int i = 0; i < 5; i++) {
                shop.till.wallet.grant(
                        tx, ACME, "g" + i, Money.usd("7"), tx.now().plusSeconds(3600L * (i + 1)));
            }
            return shop.till.wallet.setCreditLine(tx, ACME, Money.usd("18"));
        });
        assertThat(race(shop, List.of(db.database()), "a", true)).isEqualTo(new Outcome(73, 0, 127));
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.ZERO, Money.usd("73")));
        shop.check();
    }

    /** SQLite has one node. */
    @Test
    void three_nodes_do_not_pass_a_cap_or_overdraw_a_wallet() throws Exception {
        try (TestDatabase db = TestDatabase.postgres();
                Database second = db.another();
                Database third = db.another()) {
            List<Database> nodes = List.of(db.database(), second, third);
            Shop shop = new Shop(db, folder).funded("73");
            assertThat(race(shop, nodes, "wallet", true)).isEqualTo(new Outcome(73, 0, 127));
            shop.check();
            releaseAll(shop);
            shop.cap(Shop.THE_KEY, CapPeriod.DAY, "41");
            assertThat(race(shop, nodes, "cap", true)).isEqualTo(new Outcome(41, 159, 0));
            shop.counts(Shop.THE_KEY, CapPeriod.DAY, "0", "41");
            shop.check();
        }
    }

    @OnBothDatabases
    void a_cap_that_is_set_in_the_midst_of_a_race_counts_all_that_went_before(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("10000");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> race = threads.submit(() -> race(shop, List.of(db.database()), "a", true));
            shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "50");
            Outcome outcome = race.get();
            shop.counts(Shop.THE_KEY, CapPeriod.TOTAL, "0", outcome.accepted() + "");
            assertThat(outcome.accepted()).isGreaterThanOrEqualTo(50);
        }
        assertThat(shop.hold("one-more", "1")).isPresent();
        shop.check();
    }

    @OnBothDatabases
    void the_first_two_spends_of_a_new_key_do_not_pass_its_cap(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("100");
        for (int round = 0; round < 10; round++) {
            String id = "round" + round;
            shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, null);
            releaseAll(shop);
            shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "1");
            assertThat(race(shop, List.of(db.database()), id, false, 2).accepted())
                    .isEqualTo(1);
        }
        shop.check();
    }

    /** How many of those who raced came to what. */
    private record Outcome(int accepted, int capped, int broke) {}

    private static Outcome race(Shop shop, List<Database> nodes, String name, boolean lanes) throws Exception {
        return race(shop, nodes, name, lanes, THREADS);
    }

    /**
     * All start at one moment and hold a dollar each, live requests and jobs in turn.
     *
     * @param lanes whether they come through different lanes, which share no order
     */
    private static Outcome race(Shop shop, List<Database> nodes, String name, boolean lanes, int threads)
            throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<ProblemCode>> running = new ArrayList<>();
        int[] counts = new int[3];
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(executor.submit(() -> {
                    start.await();
                    HoldId id = new HoldId((number % 2 == 0 ? "job:" : "live:") + name + "-" + number);
                    String lane = lanes ? "lane " + number % 16 : ACME.text();
                    return spend(shop, nodes.get(number % nodes.size()), lane, id);
                }));
            }
            start.countDown();
            for (Future<ProblemCode> one : running) {
                switch (one.get()) {
                    case SPEND_CAP_REACHED -> counts[1]++;
                    case INSUFFICIENT_FUNDS -> counts[2]++;
                    case ProblemCode accepted -> counts[0]++;
                }
            }
        }
        return new Outcome(counts[0], counts[1], counts[2]);
    }

    /** What it was refused with; {@code NOT_FINISHED} when it was not. */
    private static ProblemCode spend(Shop shop, Database node, String lane, HoldId id) {
        try {
            node.writer().<Boolean>write(lane, tx -> {
                shop.billing.hold(tx, Shop.BUYER, id, shop.quote(Money.usd("1")));
                return true;
            });
            return ProblemCode.NOT_FINISHED;
        } catch (ProblemException refused) {
            return refused.problem().code();
        }
    }

    private static void releaseAll(Shop shop) {
        List<String> open = shop.till
                .db
                .database()
                .read(tx -> tx.list("select id from holds where state = 'open'", row -> row.text("id")));
        shop.till.db.writer().<Boolean>write(ACME.text(), tx -> {
            open.forEach(id -> shop.billing.release(tx, new HoldId(id), Unpaid.abandoned()));
            return true;
        });
    }
}
