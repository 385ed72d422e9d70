package dev.millrace.billing.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Principal;
import dev.millrace.billing.allowance.Booth.Ticket;
import dev.millrace.db.Database;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 200 threads at once that are granted from blocks, against one wallet or cap that covers exactly N: exactly N are let in. */
class AllowanceRaceTest {
    private static final int THREADS = 200;
    private static final int N = 2_500;
    private static final Money PRICE = Money.usd("0.001");

    private record Entered(Booth booth, Ticket ticket) {}

    /** All ask until they are refused; nothing ends meanwhile. */
    private static Queue<Entered> race(List<Booth> nodes, Principal who) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Queue<Entered> entered = new ConcurrentLinkedQueue<>();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                Booth booth = nodes.get(i % nodes.size());
                running.add(threads.submit(() -> {
                    start.await();
                    while (booth.tryEnter(who, PRICE)
                            .map(ticket -> entered.add(new Entered(booth, ticket)))
                            .orElse(false)) {
                        Thread.yield();
                    }
                    return true;
                }));
            }
            start.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        }
        return entered;
    }

    private static Principal poor(TestingRooms rooms) {
        return rooms.principalOf(rooms.funded(PRICE.times(N)));
    }

    private static void exactly(TestDatabase db, TestingRooms rooms, List<Booth> nodes, Principal who)
            throws Exception {
        Queue<Entered> entered = race(nodes, who);
        if (nodes.size() > 1) {
            // What another node has in a block and nobody was granted is back after a moment, here at once.
            nodes.forEach(node -> node.billing.reserves().settle(who.organization()));
            entered.addAll(race(nodes, who));
        }
        assertThat(entered).hasSize(N);
        assertThat(entered.stream().filter(one -> one.ticket().ofBlock()).count())
                .as("granted from blocks")
                .isPositive();
        MoneyChecker.underLoad(db.database());
        end(entered, who);
        nodes.forEach(node -> node.billing.reserves().settle(who.organization()));
        MoneyChecker.underLoad(db.database());
    }

    private static void end(Queue<Entered> entered, Principal who) {
        int i = 0;
        for (Entered one : entered) {
            if (i++ % 2 == 0) {
                one.booth().settle(who, one.ticket(), 100);
            } else {
                one.booth().release(who, one.ticket());
            }
        }
    }

    @OnBothDatabases
    void of_200_threads_exactly_as_many_are_let_in_as_the_wallet_covers(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Principal who = poor(rooms);
            exactly(db, rooms, List.of(booth), who);
            Balance balance = db.database().read(tx -> rooms.wallet.balance(tx, who.organization()));
            assertThat(balance)
                    .isEqualTo(
                            new Balance(PRICE.times(N).minus(Money.usd("0.0001").times(N / 2)), Money.ZERO));
        }
    }

    @OnBothDatabases
    void and_as_many_as_the_cap_of_the_key_covers(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Caps caps = TestingBilling.caps(new Wallet(), rooms.ids);
            db.writer()
                    .<Boolean>write(
                            rooms.organization.text(),
                            tx -> caps.set(
                                    tx,
                                    CapSubject.key(rooms.organization, rooms.principal.key()),
                                    CapPeriod.MONTH,
                                    PRICE.times(N)));
            exactly(db, rooms, List.of(booth), rooms.principal);
        }
    }

    @OnBothDatabases
    void a_wallet_too_small_for_blocks_is_spent_to_the_last(TestDatabase db) throws Exception {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Principal who = rooms.principalOf(rooms.funded(PRICE.times(73)));
            Queue<Entered> entered = race(List.of(booth), who);
            assertThat(entered).hasSize(73);
            end(entered, who);
        }
    }

    /** SQLite has one node. */
    @Test
    void of_three_nodes_too() throws Exception {
        try (TestDatabase db = TestDatabase.postgres();
                TestingRooms rooms = new TestingRooms(db);
                Database second = db.another();
                Database third = db.another();
                Booth one = new Booth(rooms, db.database(), "one");
                Booth two = new Booth(rooms, second, "two");
                Booth three = new Booth(rooms, third, "three")) {
            exactly(db, rooms, List.of(one, two, three), poor(rooms));
        }
    }
}
