package dev.millrace.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Note;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** What people do to money by hand, with the numbers and amounts that people give. */
class TreasuryTest {
    private static final Note WHY = new Note("a slip", "");

    @TempDir
    Path folder;

    private static Treasury treasury(Shop shop) {
        return new Treasury(shop.billing, shop.till.wallet, shop.caps, shop.trail);
    }

    private static Refunded refund(Shop shop, @Nullable Integer number, String usd) {
        return shop.till
                .db
                .writer()
                .write(
                        Till.ACME.text(),
                        tx -> treasury(shop)
                                .refund(tx, Actor.commandLine(), new HoldId("job:a"), number, Money.usd(usd), WHY));
    }

    private static ProblemException refused(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run);
    }

    @OnBothDatabases
    void a_refund_without_a_number_follows_the_highest_and_is_never_taken_for_a_repeat(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        shop.hold("a", "9");
        shop.settle("a", 9);
        assertThat(refund(shop, 2, "1").booked()).isTrue();
        Refunded next = refund(shop, null, "1");
        assertThat(next.booked()).as("nobody gave its number").isTrue();
        assertThat(next.number()).isEqualTo(3);
        assertThat(next.left()).isEqualTo(Money.usd("7"));
        assertThat(refund(shop, 1, "2").booked()).isTrue();
        assertThat(refund(shop, null, "2").number()).isEqualTo(4);
        assertThat(refund(shop, 2, "1").booked()).as("a repeat").isFalse();
        assertThat(refused(() -> refund(shop, 2, "2")).problem().code()).isEqualTo(ProblemCode.IDEMPOTENCY_MISMATCH);
        assertThat(shop.till.balance().available()).isEqualTo(Money.usd("7"));
        shop.check();
    }

    @OnBothDatabases
    void a_refund_is_numbered_from_one_or_not_at_all(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        shop.hold("a", "9");
        shop.settle("a", 9);
        for (int number : new int[] {0, -1, Treasury.MOST_REFUNDS + 1, Integer.MAX_VALUE}) {
            ProblemException wrong = refused(() -> refund(shop, number, "1"));
            assertThat(wrong.problem().fields().getFirst().path()).isEqualTo("number");
        }
        assertThat(refund(shop, Treasury.MOST_REFUNDS, "1").booked()).isTrue();
        assertThat(refused(() -> refund(shop, null, "1")).problem().code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
        shop.check();
    }

    @OnBothDatabases
    void a_slip_of_many_digits_is_refused_before_it_is_in_a_ledger_that_nobody_can_correct(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        Money much = Money.usd("1000000000.000000001");
        db.writer().<Boolean>write(Till.ACME.text(), tx -> {
            Treasury treasury = treasury(shop);
            Actor me = Actor.commandLine();
            assertThat(refused(() -> treasury.topUp(tx, me, Till.ACME, "slip", much, Funding.CASH_IN, WHY)))
                    .isNotNull();
            assertThat(refused(() -> treasury.grant(
                            tx, me, Till.ACME, "slip", much, tx.now().plus(Duration.ofDays(1)), WHY)))
                    .isNotNull();
            assertThat(refused(() -> treasury.credit(tx, me, Till.ACME, much, WHY)))
                    .isNotNull();
            return treasury.topUp(tx, me, Till.ACME, "most", Treasury.MOST, Funding.CASH_IN, WHY);
        });
        assertThat(shop.till.balance().available()).isEqualTo(Money.usd("1000000010"));
        shop.check();
    }
}
