package dev.millrace.billing;

import static dev.millrace.billing.Shop.ALL;
import static dev.millrace.billing.Shop.BUYER;
import static dev.millrace.billing.Shop.THE_KEY;
import static dev.millrace.billing.Shop.THE_MEMBER;
import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.KeyId;
import dev.millrace.id.Spender;
import dev.millrace.limits.CapEvent;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Spent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caps: reserved with the hold, counted with the charge, whatever happens in between. */
class CapsTest {
    private static final Spender OTHER_KEY = Spender.of(ACME, new KeyId("otherkeyother"));

    @TempDir
    Path folder;

    @OnBothDatabases
    void a_cap_of_each_kind_refuses_what_it_does_not_cover_and_nothing_moves(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        for (CapSubject subject : List.of(ALL, THE_MEMBER, THE_KEY)) {
            for (CapPeriod period : CapPeriod.values()) {
                String id = subject.kind().wire() + "-" + period.wire();
                shop.cap(subject, period, "5");
                Balance before = shop.till.balance();
                assertThat(shop.hold(id + "-1", "5.000000001"))
                        .get()
                        .extracting(Problem::code)
                        .isEqualTo(ProblemCode.SPEND_CAP_REACHED);
                assertThat(shop.hold(id + "-1", "5")).isEmpty();
                Problem refused = shop.hold(id + "-2", "0.000000001").orElseThrow();
                assertThat(refused.code().status()).isEqualTo(403);
                assertThat(refused.facts())
                        .containsEntry("cap", subject.kind().wire() + "." + period.wire())
                        .containsEntry("cap_subject", subject.code())
                        .containsEntry("limit_usd", "5.00")
                        .containsEntry("spent_usd", "0.00")
                        .containsEntry("held_usd", "5.00")
                        .containsEntry("required_usd", "0.000000001")
                        .containsKey("balance_usd");
                assertThat(refused.facts().containsKey("resets_at")).isEqualTo(period != CapPeriod.TOTAL);
                assertThat(refused.detail()).contains("Raise the cap");
                assertThat(shop.release(id + "-1")).isTrue();
                shop.cap(subject, period, null);
                assertThat(shop.till.balance()).isEqualTo(before);
                shop.check();
            }
        }
    }

    @OnBothDatabases
    void what_is_reserved_becomes_what_is_charged_and_a_refund_lowers_it(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.cap(THE_MEMBER, CapPeriod.MONTH, "20");
        shop.cap(ALL, CapPeriod.TOTAL, "30");
        shop.hold("a", "6");
        shop.hold("b", "4");
        shop.counts(THE_KEY, CapPeriod.DAY, "0", "10");
        assertThat(shop.settle("a", 2)).isEqualTo(Money.usd("2"));
        shop.counts(THE_KEY, CapPeriod.DAY, "2", "4");
        shop.release("b");
        shop.counts(THE_MEMBER, CapPeriod.MONTH, "2", "0");
        assertThat(shop.refund("a", 1, "1.5")).isTrue();
        assertThat(shop.refund("a", 1, "1.5")).isFalse();
        shop.counts(ALL, CapPeriod.TOTAL, "0.5", "0");
        assertThat(shop.hold("c", "9.5")).isEmpty();
        assertThat(shop.hold("d", "0.000000001")).isPresent();
        assertThat(shop.settle("c", 99)).as("never beyond the hold").isEqualTo(Money.usd("9.5"));
        shop.counts(THE_KEY, CapPeriod.DAY, "10", "0");
        shop.check();
    }

    @OnBothDatabases
    void a_repeated_hold_is_reserved_once(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        assertThat(shop.hold("a", "6")).isEmpty();
        assertThat(shop.hold("a", "6")).isEmpty();
        shop.counts(THE_KEY, CapPeriod.DAY, "0", "6");
        shop.check();
    }

    @OnBothDatabases
    void a_new_cap_counts_what_was_spent_and_held_before_it(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.hold("a", "6");
        shop.hold("b", "3");
        shop.hold(OTHER_KEY, "c", "1");
        shop.settle("a", 5);
        shop.refund("a", 1, "1");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.cap(THE_MEMBER, CapPeriod.TOTAL, "10");
        shop.cap(ALL, CapPeriod.MONTH, "10");
        shop.counts(THE_KEY, CapPeriod.DAY, "4", "3");
        shop.counts(THE_MEMBER, CapPeriod.TOTAL, "4", "3");
        shop.counts(ALL, CapPeriod.MONTH, "4", "4");
        assertThat(shop.hold("d", "2.5"))
                .get()
                .extracting(p -> p.facts().get("cap"))
                .isEqualTo("organization.month");
        shop.check();
        shop.settle("b", 1);
        shop.refund("a", 2, "4");
        shop.release("c");
        shop.counts(ALL, CapPeriod.MONTH, "1", "0");
        shop.check();
    }

    /** From stored sums, without a look at the past: they must be what a reading of all of it gives. */
    @OnBothDatabases
    void a_total_that_is_set_late_has_of_stored_sums_what_the_whole_ledger_says(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        db.writer().write(ACME.text(), tx -> {
            shop.till.wallet.setCreditLine(tx, ACME, Money.usd("20"));
            shop.till.wallet.grant(tx, ACME, "gift", Money.usd("3"), tx.now().plus(Duration.ofDays(9)));
            return shop.till.wallet.grant(
                    tx, ACME, "brief", Money.usd("4"), tx.now().plus(Duration.ofMillis(1)));
        });
        db.letTimePass(Duration.ofMillis(5));
        shop.hold("a", "6");
        shop.hold(OTHER_KEY, "b", "5");
        shop.hold("c", "2.5");
        shop.hold(OTHER_KEY, "d", "1.5");
        shop.hold("e", "0");
        shop.settle("a", 4);
        shop.settle("b", 3);
        shop.refund("a", 1, "1.25");
        shop.refund("b", 12, "0.5");
        for (CapSubject subject : List.of(ALL, THE_MEMBER, THE_KEY, CapSubject.key(ACME, OTHER_KEY.key()))) {
            Spent ledger = db.database()
                    .read(tx -> shop.till.wallet.spent(
                            tx,
                            ACME,
                            subject.key(),
                            subject.member(),
                            Instant.EPOCH,
                            Instant.parse("2200-01-01T00:00:00Z")));
            shop.cap(subject, CapPeriod.TOTAL, "50");
            shop.counts(
                    subject,
                    CapPeriod.TOTAL,
                    ledger.charged().toUsd(),
                    ledger.held().toUsd());
        }
        shop.counts(ALL, CapPeriod.TOTAL, "5.25", "4");
        shop.counts(THE_KEY, CapPeriod.TOTAL, "2.75", "2.5");
        shop.check();
    }

    @OnBothDatabases
    void a_limit_below_what_is_spent_refuses_the_next_and_takes_nothing_back(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.TOTAL, "10");
        shop.hold("a", "5");
        shop.hold("b", "5");
        shop.settle("a", 5);
        shop.cap(THE_KEY, CapPeriod.TOTAL, "1");
        assertThat(shop.hold("c", "0"))
                .get()
                .extracting(p -> p.facts().get("spent_usd"))
                .isEqualTo("5.00");
        assertThat(shop.settle("b", 5)).isEqualTo(Money.usd("5"));
        shop.cap(THE_KEY, CapPeriod.TOTAL, "11");
        assertThat(shop.hold("d", "1")).isEmpty();
        assertThat(shop.hold("e", "1")).isPresent();
        shop.check();
    }

    @OnBothDatabases
    void a_cap_of_zero_lets_nothing_pass_not_even_what_is_free(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "0");
        assertThat(shop.hold("a", "0")).get().extracting(Problem::code).isEqualTo(ProblemCode.SPEND_CAP_REACHED);
        assertThat(shop.hold(OTHER_KEY, "b", "1")).isEmpty();
        shop.cap(THE_KEY, CapPeriod.DAY, null);
        assertThat(shop.hold("a", "0")).isEmpty();
        shop.check();
    }

    @OnBothDatabases
    void a_cap_that_goes_while_holds_are_open_leaves_nothing_behind(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.hold("a", "6");
        shop.hold("b", "4");
        shop.cap(THE_KEY, CapPeriod.DAY, null);
        shop.settle("a", 1);
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.counts(THE_KEY, CapPeriod.DAY, "1", "4");
        shop.release("b");
        shop.counts(THE_KEY, CapPeriod.DAY, "1", "0");
        shop.check();
    }

    @OnBothDatabases
    void no_money_is_402_and_no_window_counts_what_was_refused(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("3");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        assertThat(shop.hold("a", "4")).get().extracting(p -> p.code().status()).isEqualTo(402);
        shop.counts(THE_KEY, CapPeriod.DAY, "0", "0");
        shop.check();
    }

    @OnBothDatabases
    void without_caps_the_wallet_is_not_guarded_any_more(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.cap(THE_KEY, CapPeriod.DAY, null);
        assertThat(guarded(db)).isEqualTo(1);
        shop.hold("a", "1");
        assertThat(guarded(db)).isZero();
        shop.cap(THE_KEY, CapPeriod.DAY, "1");
        assertThat(shop.hold("b", "0.5")).isPresent();
        shop.check();
    }

    @OnBothDatabases
    void each_threshold_is_told_once_for_a_window_and_a_hold_raises_no_alarm(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("100");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        shop.hold("a", "10");
        shop.release("a");
        assertThat(events(shop)).isEmpty();
        buy(shop, "b", 4);
        assertThat(events(shop)).isEmpty();
        buy(shop, "c", 1);
        assertThat(events(shop)).extracting(CapEvent::threshold).containsExactly(50L);
        shop.refund("c", 1, "1");
        buy(shop, "d", 1);
        assertThat(events(shop)).as("passed again after a refund").hasSize(1);
        buy(shop, "e", 5);
        assertThat(events(shop)).extracting(CapEvent::threshold).containsExactlyInAnyOrder(50L, 80L, 100L);
        shop.cap(THE_KEY, CapPeriod.DAY, "20");
        shop.cap(THE_KEY, CapPeriod.DAY, "10");
        assertThat(events(shop)).hasSize(3);
        long told = db.database().read(tx -> tx.count("select count(*) from audit_log where action = 'cap.threshold'"));
        assertThat(told).isEqualTo(3);
        shop.check();
    }

    @OnBothDatabases
    void a_cap_that_was_raised_tells_its_thresholds_again_and_one_that_was_lowered_only_new_ones(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("1000");
        shop.cap(THE_KEY, CapPeriod.TOTAL, "10");
        buy(shop, "a", 10);
        assertThat(events(shop)).hasSize(3);
        shop.cap(THE_KEY, CapPeriod.TOTAL, "100");
        assertThat(events(shop)).as("nothing is passed of the new one").hasSize(3);
        buy(shop, "b", 75);
        assertThat(events(shop))
                .filteredOn(event -> event.limit().equals(Money.usd("100")))
                .extracting(CapEvent::threshold)
                .containsExactlyInAnyOrder(50L, 80L);
        shop.cap(THE_KEY, CapPeriod.TOTAL, "90");
        buy(shop, "c", 5);
        assertThat(events(shop))
                .filteredOn(event -> event.limit().equals(Money.usd("90")))
                .extracting(CapEvent::threshold)
                .containsExactly(100L);
        shop.cap(THE_KEY, CapPeriod.TOTAL, "100");
        long told = db.database().read(tx -> tx.count("select count(*) from audit_log where action = 'cap.threshold'"));
        assertThat(told).isEqualTo(6);
        shop.check();
    }

    @Test
    void a_hold_counts_on_the_day_it_was_made_even_when_it_ends_on_the_next() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("100");
            db.clock().set(Instant.parse("2030-03-31T23:59:00Z"));
            shop.cap(THE_KEY, CapPeriod.DAY, "10");
            shop.cap(THE_KEY, CapPeriod.MONTH, "15");
            shop.hold("a", "10");
            assertThat(shop.hold("b", "1")).isPresent();
            db.clock().advance(Duration.ofMinutes(2));
            assertThat(shop.hold("b", "10")).as("a new day and a new month").isEmpty();
            shop.counts(THE_KEY, CapPeriod.DAY, "0", "10");
            shop.settle("a", 7);
            shop.refund("a", 1, "2");
            shop.counts(THE_KEY, CapPeriod.DAY, "0", "10");
            shop.counts(THE_KEY, CapPeriod.MONTH, "0", "10");
            shop.settle("b", 3);
            shop.counts(THE_KEY, CapPeriod.MONTH, "3", "0");
            shop.check();
        }
    }

    @Test
    void a_week_begins_on_monday_and_a_total_never_anew() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("100");
            db.clock().set(Instant.parse("2030-03-31T12:00:00Z")); // a Sunday
            shop.cap(THE_KEY, CapPeriod.WEEK, "2");
            shop.cap(ALL, CapPeriod.TOTAL, "3");
            shop.hold("a", "2");
            assertThat(shop.hold("b", "1").orElseThrow().facts()).containsEntry("resets_at", "2030-04-01T00:00:00Z");
            db.clock().set(Instant.parse("2030-04-01T00:00:00Z"));
            assertThat(shop.hold("b", "1")).isEmpty();
            db.clock().set(Instant.parse("2031-04-01T00:00:00Z"));
            assertThat(shop.hold("c", "1").orElseThrow().facts()).containsEntry("cap", "organization.total");
            shop.check();
        }
    }

    @Test
    void days_follow_the_organization_s_time_zone_through_its_changes_of_the_clock() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("1000");
            shop.zone = ZoneId.of("Europe/Berlin");
            db.clock().set(Instant.parse("2030-03-30T23:00:00Z")); // 31 March begins: a day of 23 hours
            shop.cap(THE_KEY, CapPeriod.DAY, "1");
            shop.hold("a", "1");
            assertThat(shop.hold("b", "1").orElseThrow().facts()).containsEntry("resets_at", "2030-03-31T22:00:00Z");
            db.clock().set(Instant.parse("2030-03-31T21:59:59Z"));
            assertThat(shop.hold("b", "1")).isPresent();
            db.clock().set(Instant.parse("2030-03-31T22:00:00Z"));
            assertThat(shop.hold("b", "1")).isEmpty();
            db.clock().set(Instant.parse("2030-10-26T22:00:00Z")); // 27 October: 25 hours
            shop.hold("c", "1");
            db.clock().set(Instant.parse("2030-10-27T22:59:59Z"));
            assertThat(shop.hold("d", "1")).isPresent();
            db.clock().set(Instant.parse("2030-10-27T23:00:00Z"));
            assertThat(shop.hold("d", "1")).isEmpty();
            shop.check();
        }
    }

    @Test
    void a_change_of_the_time_zone_lets_the_running_day_end_and_no_hour_counts_twice() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("1000");
            db.clock().set(Instant.parse("2030-05-01T10:00:00Z"));
            shop.cap(THE_KEY, CapPeriod.DAY, "5");
            shop.hold("a", "5");
            shop.zone = ZoneId.of("Asia/Tokyo");
            db.clock().set(Instant.parse("2030-05-01T16:00:00Z")); // 2 May there
            assertThat(shop.hold("b", "1")).isPresent();
            db.clock().set(Instant.parse("2030-05-02T00:00:00Z"));
            assertThat(shop.hold("b", "5")).isEmpty();
            db.clock().set(Instant.parse("2030-05-02T15:00:00Z"));
            assertThat(shop.hold("c", "5")).isEmpty();
            shop.zone = ZoneId.of("America/New_York");
            db.clock().set(Instant.parse("2030-05-03T14:00:00Z"));
            assertThat(shop.hold("d", "1")).isPresent();
            db.clock().set(Instant.parse("2030-05-03T15:00:00Z"));
            assertThat(shop.hold("d", "1")).isEmpty();
            for (String id : List.of("a", "b", "c", "d")) {
                shop.settle(id, 1);
            }
            shop.check();
        }
    }

    @Test
    void a_clock_that_goes_back_neither_frees_a_cap_nor_keeps_a_hold_from_ending() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("1000");
            db.clock().set(Instant.parse("2030-05-03T00:00:30Z"));
            shop.hold("a", "2");
            db.clock().set(Instant.parse("2030-05-02T23:59:00Z"));
            shop.hold("b", "1");
            shop.cap(THE_KEY, CapPeriod.DAY, "5");
            shop.counts(THE_KEY, CapPeriod.DAY, "0", "1");
            db.clock().set(Instant.parse("2030-05-03T00:01:00Z"));
            shop.hold("c", "1");
            shop.counts(THE_KEY, CapPeriod.DAY, "0", "3");
            db.clock().set(Instant.parse("2030-05-01T12:00:00Z"));
            shop.hold("d", "1");
            for (String id : List.of("a", "b", "c", "d")) {
                shop.settle(id, 1);
            }
            shop.check();
        }
    }

    @OnBothDatabases
    void a_cap_out_of_range_or_of_a_wallet_that_is_not_there_is_refused(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("1");
        assertThatThrownBy(() -> shop.cap(THE_KEY, CapPeriod.DAY, "-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.cap(THE_KEY, CapPeriod.DAY, "1000000000.01"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.cap(CapSubject.organization(Till.OTHER), CapPeriod.DAY, "1"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(shop.hold("a", "1")).isEmpty();
    }

    @OnBothDatabases
    void a_window_that_can_not_be_written_lets_no_request_through(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        shop.cap(THE_KEY, CapPeriod.DAY, "5");
        db.writer().write(ACME.text(), tx -> tx.update("delete from cap_windows"));
        db.writer().write(ACME.text(), tx -> tx.update("drop table cap_windows"));
        assertThatThrownBy(() -> shop.hold(BUYER, "a", "1")).isInstanceOf(RuntimeException.class);
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
    }

    private static void buy(Shop shop, String id, long pieces) {
        assertThat(shop.hold(id, pieces + "")).isEmpty();
        shop.settle(id, pieces);
    }

    private static List<CapEvent> events(Shop shop) {
        return shop.till.db.database().read(tx -> shop.caps.events(tx, ACME, 10));
    }

    private static long guarded(TestDatabase db) {
        return db.database().read(tx -> tx.count("select guarded from wallets where organization = ?", ACME));
    }
}
