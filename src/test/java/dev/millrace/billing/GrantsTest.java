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
import dev.millrace.wallet.CreditLine;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants are spent first and expire; a credit line is spent last and is owed; neither ever makes anything negative. */
class GrantsTest {
    @TempDir
    Path folder;

    @OnBothDatabases
    void what_expires_first_is_spent_first_and_paid_money_last(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        grant(shop, "late", "3", Duration.ofDays(9));
        grant(shop, "soon", "2", Duration.ofDays(1));
        assertThat(shop.hold("a", "6")).isEmpty();
        shop.settle("a", 4);
        assertThat(find(shop, "soon").unspent()).isEqualTo(Money.ZERO);
        assertThat(find(shop, "late").unspent()).isEqualTo(Money.usd("1"));
        assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("11"), Money.ZERO));
        shop.check();
        shop.refund("a", 1, "3");
        assertThat(find(shop, "late").unspent())
                .as("the last that was spent comes back first")
                .isEqualTo(Money.usd("3"));
        assertThat(find(shop, "soon").unspent()).isEqualTo(Money.usd("1"));
        shop.check();
    }

    @Test
    void what_is_left_expires_and_what_comes_back_later_expires_too_without_going_negative() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("1");
            grant(shop, "g", "5", Duration.ofDays(1));
            shop.hold("a", "3");
            shop.hold("b", "2.5");
            db.clock().advance(Duration.ofDays(2));
            assertThat(shop.hold("c", "0.6"))
                    .as("half of it is paid money in a hold")
                    .isPresent();
            shop.release("a");
            assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("0.5"), Money.usd("2.5")));
            shop.settle("b", 1);
            assertThat(find(shop, "g").expired()).isEqualTo(Money.usd("4"));
            assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("1"), Money.ZERO));
            shop.refund("b", 1, "1");
            assertThat(shop.till.balance()).isEqualTo(new Balance(Money.usd("1"), Money.ZERO));
            assertThat(find(shop, "g").expired()).isEqualTo(Money.usd("5"));
            shop.check();
        }
    }

    @Test
    void the_sweep_takes_back_what_nobody_asked_for() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Shop shop = new Shop(db, folder).funded("1");
            grant(shop, "g", "5", Duration.ofDays(1));
            Treasury treasury = new Treasury(shop.billing, shop.till.wallet, shop.caps, shop.trail);
            assertThat(treasury.expire(db.database())).isZero();
            db.clock().advance(Duration.ofDays(1));
            assertThat(treasury.expire(db.database())).isEqualTo(1);
            assertThat(treasury.expire(db.database())).isZero();
            assertThat(shop.till.balance().available()).isEqualTo(Money.usd("1"));
            shop.check();
        }
    }

    @OnBothDatabases
    void a_grant_is_given_once(TestDatabase db) {
        Shop shop = new Shop(db, folder);
        assertThat(grant(shop, "g", "5", Duration.ofDays(1))).isTrue();
        assertThat(grant(shop, "g", "5", Duration.ofDays(1))).isFalse();
        assertThatThrownBy(() -> grant(shop, "g", "6", Duration.ofDays(1))).hasMessageContaining("other facts");
        assertThat(shop.till.balance().available()).isEqualTo(Money.usd("5"));
        shop.check();
    }

    @OnBothDatabases
    void a_credit_line_is_spent_last_owed_and_not_reduced_below_what_is_owed(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("2");
        line(shop, "10");
        grant(shop, "g", "1", Duration.ofDays(1));
        assertThat(shop.hold("a", "14")).isPresent();
        assertThat(shop.hold("a", "8")).isEmpty();
        assertThat(credit(shop)).isEqualTo(new CreditLine(Money.usd("10"), Money.ZERO));
        shop.settle("a", 7);
        assertThat(credit(shop)).isEqualTo(new CreditLine(Money.usd("10"), Money.usd("4")));
        assertThatThrownBy(() -> line(shop, "3"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(
                                        refused.problem().fields().getFirst().message())
                                .contains("4.00 USD"));
        line(shop, "4");
        assertThat(shop.till.balance().available()).isEqualTo(Money.ZERO);
        db.writer()
                .<Boolean>write(
                        ACME.text(), tx -> shop.billing.topUp(tx, ACME, "paid", Money.usd("4"), Funding.CASH_IN));
        assertThat(credit(shop).owed()).isEqualTo(Money.ZERO);
        line(shop, "0");
        assertThat(shop.till.balance().available()).isEqualTo(Money.ZERO);
        shop.check();
    }

    @OnBothDatabases
    void a_reduced_line_never_takes_from_a_grant(TestDatabase db) {
        Shop shop = new Shop(db, folder);
        line(shop, "5");
        shop.hold("a", "5");
        grant(shop, "g", "3", Duration.ofDays(1));
        assertThatThrownBy(() -> line(shop, "4")).isInstanceOf(ProblemException.class);
        shop.release("a");
        line(shop, "0");
        assertThat(shop.till.balance().available()).isEqualTo(Money.usd("3"));
        shop.check();
    }

    @OnBothDatabases
    void a_cap_counts_what_a_grant_pays_too(TestDatabase db) {
        Shop shop = new Shop(db, folder);
        grant(shop, "g", "5", Duration.ofDays(1));
        shop.cap(Shop.THE_KEY, CapPeriod.TOTAL, "2");
        assertThat(shop.hold("a", "3")).isPresent();
        shop.hold("b", "2");
        shop.settle("b", 1);
        shop.counts(Shop.THE_KEY, CapPeriod.TOTAL, "1", "0");
        shop.check();
    }

    private static boolean grant(Shop shop, String id, String usd, Duration lasts) {
        return shop.till
                .db
                .writer()
                .<Boolean>write(
                        ACME.text(),
                        tx -> shop.till.wallet.grant(
                                tx, ACME, id, Money.usd(usd), tx.now().plus(lasts)));
    }

    private static void line(Shop shop, String usd) {
        shop.till
                .db
                .writer()
                .<Boolean>write(ACME.text(), tx -> shop.till.wallet.setCreditLine(tx, ACME, Money.usd(usd)));
    }

    private static CreditLine credit(Shop shop) {
        return shop.till.db.database().read(tx -> shop.till.wallet.creditLine(tx, ACME));
    }

    private static Grant find(Shop shop, String id) {
        return shop.till.db.database().<List<Grant>>read(tx -> shop.till.wallet.grants(tx, ACME, 10)).stream()
                .filter(grant -> grant.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
