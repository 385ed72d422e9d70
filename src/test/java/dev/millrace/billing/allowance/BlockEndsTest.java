package dev.millrace.billing.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Principal;
import dev.millrace.billing.allowance.Booth.Ticket;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a block ends that is granted from: at the end of a window, for a grant, and because others ended it. */
class BlockEndsTest {
    private static final Money TOKEN = Money.usd("0.000001");
    private static final Money MAX = TOKEN.times(1_000);

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

    @Test
    void what_is_granted_after_midnight_counts_in_the_new_day_of_its_cap() {
        try (TestDatabase db = TestDatabase.open(dev.millrace.db.SqlDialect.SQLITE);
                TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Caps caps = TestingBilling.caps(new Wallet(), rooms.ids);
            Principal who = rooms.principal;
            CapSubject key = CapSubject.key(rooms.organization, who.key());
            db.writer()
                    .<Boolean>write(rooms.organization.text(), tx -> caps.set(tx, key, CapPeriod.DAY, Money.usd("20")));
            Instant midnight = db.database()
                    .<List<CapState>>read(tx -> caps.of(tx, key))
                    .getFirst()
                    .resetsAt();
            db.clock().advance(Duration.between(db.clock().instant(), midnight).minusMillis(400));
            Ticket before = ofBlock(booth, who);
            db.clock().advance(Duration.ofMillis(600));
            Ticket after = ofBlock(booth, who);
            booth.settle(who, before, 100);
            booth.settle(who, after, 10);
            booth.billing.reserves().settle(rooms.organization);
            assertThat(db.database()
                            .<List<CapState>>read(tx -> caps.of(tx, key))
                            .getFirst()
                            .spent())
                    .isEqualTo(TOKEN.times(10));
            MoneyChecker.underLoad(db.database());
        }
    }

    @OnBothDatabases
    void a_grant_that_another_node_gives_ends_the_blocks_within_seconds(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            booth.settle(rooms.principal, ofBlock(booth, rooms.principal), 100);
            db.letTimePass(Duration.ofMillis(5));
            Wallet another = new Wallet();
            db.writer()
                    .<Boolean>write(
                            rooms.organization.text(),
                            tx -> another.grant(
                                    tx,
                                    rooms.organization,
                                    "welcome",
                                    Money.usd("1"),
                                    tx.now().plus(Duration.ofDays(1))));
            Await.until("the block is closed", () -> count(db, "select count(*) from holds where state = 'open'") == 0);
            booth.settle(rooms.principal, booth.enter(rooms.principal, MAX), 50);
            assertThat(count(db, "select sum(amount - unspent) from grants"))
                    .as("it is spent before what was paid")
                    .isEqualTo(TOKEN.times(50).nanos());
        }
    }

    @OnBothDatabases
    void whatever_ends_after_others_ended_its_block_is_told_as_lost_and_waits_for_nothing(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Booth booth = new Booth(rooms, db.database(), "one")) {
            Ticket one = ofBlock(booth, rooms.principal);
            Ticket two = ofBlock(booth, rooms.principal);
            List<String> open = db.database()
                    .read(tx -> tx.list("select id from holds where state = 'open'", row -> row.text("id")));
            db.writer().<Boolean>write(rooms.organization.text(), tx -> {
                for (String id : open) {
                    rooms.dueWork.removeUnclaimed(tx, "block", id.substring(6));
                    booth.billing.blocks().end(tx, new HoldId(id));
                }
                return true;
            });
            booth.settle(rooms.principal, one, 10);
            Await.until("the node knows", () -> unbilled(booth) == 1);
            booth.settle(rooms.principal, two, 10);
            assertThat(unbilled(booth)).isEqualTo(2);
            assertThat(booth.metrics.get("millrace.allowance.unwritten").gauge().value())
                    .isZero();
            assertThat(rooms.balance().total()).isEqualTo(TestingRooms.START);
            MoneyChecker.underLoad(db.database());
        }
    }

    private static double unbilled(Booth booth) {
        return booth.metrics.counter("millrace.allowance.unbilled").count();
    }
}
