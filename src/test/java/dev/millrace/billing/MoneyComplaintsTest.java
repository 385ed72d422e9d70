package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.limits.CapPeriod;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;

/** How others lose money under concurrency and with refunds, by the numbers of docs/complaints.md. */
class MoneyComplaintsTest {
    @TempDir
    Path folder;

    @OnBothDatabases
    void complaint_01_a_budget_is_reserved_and_not_only_checked(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "10");
        assertThat(race(60, i -> hold(shop, "job:" + i))).isEqualTo(10);
        shop.check();
    }

    @OnBothDatabases
    void complaint_02_the_first_parallel_requests_of_a_key_that_never_spent_are_capped(TestDatabase db)
            throws Exception {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(Shop.THE_KEY, CapPeriod.DAY, "1");
        assertThat(race(20, i -> hold(shop, "job:" + i))).isEqualTo(1);
        shop.check();
    }

    @OnBothDatabases
    void complaint_03_no_concurrent_increment_is_lost(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(Shop.ALL, CapPeriod.MONTH, "100");
        assertThat(race(
                        50,
                        i -> hold(shop, "job:" + i) && shop.settle(i + "", 1).isPositive()))
                .isEqualTo(50);
        shop.counts(Shop.ALL, CapPeriod.MONTH, "50", "0");
        shop.check();
    }

    @OnBothDatabases
    void complaint_04_the_budgets_of_key_and_user_both_count(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "5");
        shop.cap(Shop.THE_MEMBER, CapPeriod.TOTAL, "3");
        assertThat(shop.hold("a", "4"))
                .get()
                .extracting(p -> p.facts().get("cap"))
                .isEqualTo("member.total");
        shop.cap(Shop.THE_MEMBER, CapPeriod.TOTAL, "9");
        assertThat(shop.hold("b", "6"))
                .get()
                .extracting(p -> p.facts().get("cap"))
                .isEqualTo("key.total");
        assertThat(shop.hold("c", "5")).isEmpty();
        shop.check();
    }

    @OnBothDatabases
    void complaint_06_a_budget_that_covers_all_refuses_none_under_load(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("200");
        shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "200");
        assertThat(race(200, i -> hold(shop, "job:" + i))).isEqualTo(200);
        assertThat(race(200, i -> shop.release(i + ""))).isEqualTo(200);
        assertThat(race(200, i -> hold(shop, "job:again-" + i))).isEqualTo(200);
        shop.check();
    }

    @OnBothDatabases
    void complaint_10_whoever_is_rich_is_held_for_too_and_nobody_goes_below_zero(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("1000000");
        assertThat(shop.hold("rich", "999990")).isEmpty();
        assertThat(race(60, i -> hold(shop, "job:" + i))).isEqualTo(10);
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.ZERO, Money.usd("1000000")));
        shop.check();
    }

    @OnBothDatabases
    void complaint_11_nothing_comes_between_the_look_at_a_quota_and_its_use(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("1");
        assertThat(race(
                        40,
                        i -> db.writer().<Boolean>write("lane " + i, tx -> {
                            shop.billing.hold(tx, Shop.BUYER, new HoldId("job:" + i), shop.quote(Money.usd("1")));
                            return true;
                        })))
                .isEqualTo(1);
        shop.check();
    }

    @OnBothDatabases
    void complaint_22_what_fails_gives_all_of_its_hold_back(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("5");
        shop.hold("video", "4");
        assertThat(shop.release("video")).isTrue();
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("5"), Money.ZERO));
        shop.check();
    }

    @OnBothDatabases
    void complaint_23_overlapping_pollers_give_back_and_refund_once(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("10");
        shop.hold("a", "4");
        assertThat(race(20, i -> shop.release("a"))).isEqualTo(1);
        shop.hold("b", "4");
        shop.settle("b", 4);
        assertThat(race(20, i -> shop.refund("b", 1, "4"))).isEqualTo(1);
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
        shop.check();
    }

    @OnBothDatabases
    void complaint_24_money_and_state_change_in_one_transaction(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        shop.cap(Shop.THE_KEY, CapPeriod.DAY, "10");
        shop.hold("a", "4");
        assertThatThrownBy(() -> db.writer().<Boolean>write(ACME.text(), tx -> {
                    shop.billing.release(tx, new HoldId("job:a"), Unpaid.abandoned());
                    throw new IllegalArgumentException("the state could not be written");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("6"), Money.usd("4")));
        shop.counts(Shop.THE_KEY, CapPeriod.DAY, "0", "4");
        assertThat(shop.release("a")).isTrue();
        shop.check();
    }

    @OnBothDatabases
    void complaint_25_a_refund_lowers_what_was_used_by_what_it_gives_back(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "10");
        shop.hold("a", "4");
        shop.settle("a", 4);
        shop.refund("a", 1, "3");
        shop.counts(Shop.THE_KEY, CapPeriod.TOTAL, "1", "0");
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("9"), Money.ZERO));
        shop.check();
    }

    @OnBothDatabases
    void complaint_26_a_lifetime_of_usage_far_beyond_32_bits_settles_and_refunds_and_what_no_long_holds_is_refused(
            TestDatabase db) {
        Shop shop = new Shop(db, folder);
        Money most = Money.ofNanos(Long.MAX_VALUE - 10);
        topUp(shop, "all", most);
        shop.cap(Shop.ALL, CapPeriod.TOTAL, "1000000000");
        shop.hold("a", "900000");
        assertThat(shop.settle("a", 900_000)).isEqualTo(Money.usd("900000"));
        assertThat(shop.refund("a", 1, "900000")).isTrue();
        assertThat(shop.till.balance().available()).isEqualTo(most);
        for (long more : List.of(11L, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> topUp(shop, "more " + more, Money.ofNanos(more)))
                    .isInstanceOf(ProblemException.class);
        }
        topUp(shop, "the last ten", Money.ofNanos(10));
        assertThat(shop.till.balance().available()).isEqualTo(Money.ofNanos(Long.MAX_VALUE));
        shop.cap(Shop.ALL, CapPeriod.TOTAL, null);
        assertThat(shop.hold("b", "9000000000")).isEmpty();
        assertThat(shop.release("b")).isTrue();
        shop.check();
    }

    @OnBothDatabases
    void complaint_32_one_dollar_buys_one_dollar_s_worth_however_many_ask(TestDatabase db) throws Exception {
        Shop shop = new Shop(db, folder).funded("1");
        assertThat(race(30, i -> hold(shop, "live:" + i))).isEqualTo(1);
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.ZERO, Money.usd("1")));
        shop.check();
    }

    private static void topUp(Shop shop, String cause, Money amount) {
        shop.till
                .db
                .writer()
                .<Boolean>write(ACME.text(), tx -> shop.billing.topUp(tx, ACME, cause, amount, Funding.CASH_IN));
    }

    private static boolean hold(Shop shop, String id) {
        return shop.till.db.writer().<Boolean>write(ACME.text(), tx -> {
            shop.billing.hold(tx, Shop.BUYER, new HoldId(id), shop.quote(Money.usd("1")));
            return true;
        });
    }

    private interface Racer {
        boolean run(int number) throws Exception;
    }

    /** Starts all at one moment, and counts those that were not refused. */
    private static int race(int threads, Racer racer) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> running = new ArrayList<>();
        int won = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<Boolean> one = () -> {
                    start.await();
                    try {
                        return racer.run(number);
                    } catch (ProblemException refused) {
                        return false;
                    }
                };
                running.add(executor.submit(one));
            }
            start.countDown();
            for (Future<Boolean> one : running) {
                won += one.get() ? 1 : 0;
            }
        }
        return won;
    }
}
