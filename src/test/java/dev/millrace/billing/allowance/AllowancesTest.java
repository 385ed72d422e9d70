package dev.millrace.billing.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Principal;
import dev.millrace.billing.Explanation;
import dev.millrace.billing.allowance.Booth.Ticket;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class AllowancesTest {
    private static final Money MAX = Money.usd("0.00015");
    private static final Money TOKEN = Money.usd("0.000001");

    private static Ticket ofBlock(Booth booth, Principal who) {
        while (true) {
            Ticket ticket = booth.enter(who, MAX);
            if (ticket.ofBlock()) {
                return ticket;
            }
            booth.release(who, ticket);
        }
    }

    private static long count(TestDatabase db, String sql) {
        return db.database().<Long>read(tx -> tx.count(sql));
    }

    @OnBothDatabases
    void what_is_granted_is_charged_one_by_one_and_the_rest_goes_back(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Principal who = rooms.principal;
            ofBlock(booth, who);
            List<Ticket> running = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                running.add(ofBlock(booth, who));
            }
            Money spent = Money.ZERO;
            for (int i = 0; i < 40; i++) {
                if (i % 4 == 3) {
                    booth.release(who, running.get(i));
                } else {
                    spent = spent.plus(booth.settle(who, running.get(i), 10 + 5 * i));
                }
            }
            MoneyChecker.underLoad(db.database());
            booth.billing.reserves().settle(rooms.organization);
            assertThat(count(db, "select count(*) from holds where block is not null and state = 'settled'"))
                    .isEqualTo(30);
            assertThat(count(db, "select count(*) from usage_rows where charge > 0"))
                    .isEqualTo(30);
            assertThat(Money.ofNanos(count(db, "select sum(charge) from usage_days")))
                    .isEqualTo(spent);
            booth.shut();
            Balance balance = rooms.balance();
            assertThat(balance.total()).isEqualTo(TestingRooms.START.minus(spent));
            assertThat(balance.held()).as("the first ticket still runs").isEqualTo(MAX);
            MoneyChecker.underLoad(db.database());
            endTheFirst(db, booth, rooms);
        }
    }

    /** A block whose node has gone is swept; here by hand, for its time has not come. */
    private static void endTheFirst(TestDatabase db, Booth booth, TestingRooms rooms) {
        List<String> open =
                db.database().read(tx -> tx.list("select id from holds where state = 'open'", row -> row.text("id")));
        db.writer().<Boolean>write(rooms.organization.text(), tx -> {
            for (String id : open) {
                rooms.dueWork.removeUnclaimed(tx, "block", id.substring(6));
                booth.billing.blocks().end(tx, new dev.millrace.wallet.HoldId(id));
            }
            return true;
        });
    }

    @OnBothDatabases
    void a_charge_is_never_above_what_was_granted(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            assertThat(booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 1_000_000))
                    .isEqualTo(MAX);
            booth.shut();
            assertThat(rooms.spent()).isEqualTo(MAX);
            assertThat(count(db, "select count(*) from transfers where kind = 'absorb'"))
                    .isEqualTo(1);
        }
    }

    @OnBothDatabases
    void a_charge_of_a_block_is_explained_and_paid_back_as_any_other(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Ticket ticket = ofBlock(booth, rooms.principal);
            booth.settle(rooms.principal, ticket, 50);
            booth.billing.reserves().settle();
            Explanation told = db.database()
                    .<Optional<Explanation>>read(tx -> booth.billing
                            .explanations()
                            .find(tx, rooms.organization, ticket.hold().text()))
                    .orElseThrow();
            assertThat(told.hold().block()).isNotNull();
            assertThat(told.hold().amount()).isEqualTo(MAX);
            assertThat(told.hold().charge()).isEqualTo(TOKEN.times(50));
            assertThat(told.cost()).isEqualTo(TOKEN.times(50));
            cap(db, rooms, CapSubject.organization(rooms.organization), "50");
            assertThat(db.writer()
                            .<Boolean>write(
                                    rooms.organization.text(),
                                    tx -> booth.billing.refund(tx, ticket.hold(), 1, TOKEN.times(20))))
                    .isTrue();
            MoneyChecker.underLoad(db.database());
            booth.shut();
            assertThat(rooms.spent()).isEqualTo(TOKEN.times(30));
        }
    }

    private static void cap(TestDatabase db, TestingRooms rooms, CapSubject subject, String usd) {
        caps(db, rooms, subject, CapPeriod.DAY, usd, new Wallet());
    }

    private static void caps(
            TestDatabase db, TestingRooms rooms, CapSubject subject, CapPeriod period, String usd, Wallet wallet) {
        Caps caps = TestingBilling.caps(wallet, rooms.ids);
        db.writer().<Boolean>write(rooms.organization.text(), tx -> caps.set(tx, subject, period, Money.usd(usd)));
    }

    @OnBothDatabases
    void a_cap_counts_what_blocks_hold_and_what_their_requests_were_charged(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Principal who = rooms.principal;
            CapSubject key = CapSubject.key(rooms.organization, who.key());
            cap(db, rooms, key, "20");
            booth.settle(who, ofBlock(booth, who), 100);
            ofBlock(booth, who);
            booth.billing.reserves().settle();
            CapState state = state(db, rooms, key);
            assertThat(state.spent()).isEqualTo(TOKEN.times(100));
            assertThat(state.held()).isGreaterThanOrEqualTo(MAX).isLessThan(Money.usd("0.32"));
            MoneyChecker.underLoad(db.database());
            booth.shut();
            endTheFirst(db, booth, rooms);
            assertThat(state(db, rooms, key).held()).isEqualTo(Money.ZERO);
        }
    }

    private static CapState state(TestDatabase db, TestingRooms rooms, CapSubject subject) {
        Caps caps = TestingBilling.caps(new Wallet(), rooms.ids);
        return db.database().<List<CapState>>read(tx -> caps.of(tx, subject)).getFirst();
    }

    @OnBothDatabases
    void a_cap_that_is_set_to_nothing_refuses_the_next_request_on_this_node(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Wallet wallet = new Wallet();
            try (Booth booth = new Booth(rooms, db.database(), "one", Pace.USUAL.atOnce(), wallet)) {
                booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 100);
                caps(db, rooms, CapSubject.organization(rooms.organization), CapPeriod.TOTAL, "0", wallet);
                ProblemException refused =
                        catchThrowableOfType(ProblemException.class, () -> booth.enter(rooms.principal, MAX));
                assertThat(refused.problem().code()).isEqualTo(ProblemCode.SPEND_CAP_REACHED);
            }
        }
    }

    @OnBothDatabases
    void a_cap_that_another_node_sets_ends_the_blocks_within_seconds(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 100);
            db.letTimePass(Duration.ofMillis(5));
            cap(db, rooms, CapSubject.organization(rooms.organization), "0");
            Await.until("the block is closed", () -> count(db, "select count(*) from holds where state = 'open'") == 0);
        }
    }

    @OnBothDatabases
    void who_is_stopped_has_no_block_any_more(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Ticket running = ofBlock(booth, rooms.principal);
            booth.stop.set(Optional.of(Problem.of(ProblemCode.FORBIDDEN, "It is suspended.")));
            Await.until("what is not granted has gone back", () -> {
                Balance balance = rooms.balance();
                return balance.held().equals(MAX);
            });
            booth.settle(rooms.principal, running, 10);
            Await.until("and the rest", () -> rooms.balance().held().isZero());
            assertThat(rooms.spent()).isEqualTo(TOKEN.times(10));
        }
    }

    @OnBothDatabases
    void an_idle_block_goes_back(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 10);
            db.clock().advance(Duration.ofSeconds(3));
            Await.until("it is back", () -> count(db, "select sum(held) from wallets") == 0);
            assertThat(rooms.spent()).isEqualTo(TOKEN.times(10));
        }
    }

    @OnBothDatabases
    void a_small_wallet_a_grant_and_a_binding_quote_are_held_for_strictly(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            OrganizationId small = rooms.funded(MAX.times(511));
            OrganizationId given = rooms.funded(Money.ZERO);
            db.writer()
                    .<Boolean>write(
                            given.text(),
                            tx -> rooms.wallet.grant(
                                    tx,
                                    given,
                                    "welcome",
                                    Money.usd("10"),
                                    tx.now().plusSeconds(1000)));
            for (OrganizationId organization : List.of(small, given)) {
                Principal who = rooms.principalOf(organization);
                for (int i = 0; i < 20; i++) {
                    Ticket ticket = booth.enter(who, MAX);
                    assertThat(ticket.ofBlock()).isFalse();
                    booth.release(who, ticket);
                }
            }
            assertThat(count(db, "select count(*) from blocks")).isZero();
        }
    }

    @OnBothDatabases
    void of_a_node_that_died_the_rest_of_its_blocks_goes_back_and_no_charge_is_made_up(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Pace pace = new Pace(
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(900),
                    1,
                    100);
            Booth dying = new Booth(rooms, db.database(), "one", pace);
            dying.settle(rooms.principal, ofBlock(dying, rooms.principal), 10);
            dying.billing.reserves().settle();
            dying.settle(rooms.principal, ofBlock(dying, rooms.principal), 20); // and this is never written
            ofBlock(dying, rooms.principal);
            dying.allowances.abandon();
            MoneyChecker.underLoad(db.database());
            db.letTimePass(Duration.ofSeconds(1));
            try (Booth living = new Booth(rooms, db.database(), "two", pace)) {
                Await.until(
                        "the sweep gives it back",
                        () -> count(db, "select count(*) from holds where state = 'open'") == 0);
                assertThat(living.billing.reserves()).isNotNull();
                assertThat(rooms.spent()).isEqualTo(TOKEN.times(10));
            }
            // The one that was taken for dead goes on, and can not charge what is not held any more.
            dying.billing.reserves().settle();
            assertThat(rooms.spent()).isEqualTo(TOKEN.times(10));
        }
    }

    @OnBothDatabases
    void while_too_much_waits_to_be_written_requests_are_held_for_strictly(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Pace pace = new Pace(
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(45),
                    1,
                    3);
            try (Booth booth = new Booth(rooms, db.database(), "one", pace)) {
                for (int i = 0; i < 3; i++) {
                    booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 10);
                }
                Ticket strict = booth.enter(rooms.principal, MAX);
                assertThat(strict.ofBlock()).isFalse();
                booth.release(rooms.principal, strict);
                booth.billing.reserves().settle();
                booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 10);
            }
            assertThat(rooms.spent()).isEqualTo(TOKEN.times(40));
        }
    }
}
