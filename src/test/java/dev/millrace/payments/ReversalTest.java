package dev.millrace.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.billing.Unpaid;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.HoldId;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Payments that go back to the payer: the wallet gives back what it has, the rest is owed, each cent once. */
class ReversalTest {
    @OnBothDatabases
    void a_refund_takes_back_what_is_available_once(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            assertThat(shop.tell("charge.refunded", shop.about(row, "amount_refunded", 2000)))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.tell("charge.refunded", shop.about(row, "amount_refunded", 2000)))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("130"));
            assertThat(shop.tell("charge.refunded", shop.about(row, "amount_refunded", 5000)))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.tell("charge.refunded", shop.about(row, "amount_refunded", 2000)))
                    .as("told late")
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
            assertThat(shop.row(row).owed()).isEqualTo(Money.ZERO);
        }
    }

    @OnBothDatabases
    void what_is_not_there_any_more_is_owed_and_no_payment_begins_until_it_is_forgiven(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            HoldId hold = new HoldId("live:" + new UUID(7, 7));
            spendAllBut(shop, hold, "20");
            shop.tell("charge.dispute.created", shop.about(row, "amount", 5000));
            assertThat(shop.available()).isEqualTo(Money.ZERO);
            assertThat(shop.row(row).taken()).isEqualTo(Money.usd("20"));
            assertThat(shop.row(row).owed()).isEqualTo(Money.usd("30"));
            assertThatThrownBy(() -> shop.begun("10", false)).isInstanceOf(ProblemException.class);
            shop.db.writer().write("x", tx -> shop.payments.forgive(tx, shop.organization, Actor.commandLine()));
            assertThat(shop.begun("10", false).state()).isEqualTo(TopUpState.PENDING);
            assertThat(shop.tell("charge.dispute.created", shop.about(row, "amount", 5000)))
                    .isEqualTo(Outcome.NOTHING);
            shop.db.writer().<Boolean>write("x", tx -> shop.rooms.billing.release(tx, hold, Unpaid.abandoned()));
        }
    }

    @OnBothDatabases
    void a_dispute_that_was_won_gives_back_what_was_taken_and_no_more(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            HoldId hold = new HoldId("live:" + new UUID(7, 8));
            spendAllBut(shop, hold, "20");
            shop.tell("charge.dispute.funds_withdrawn", shop.about(row, "amount", 5000));
            shop.tell("charge.dispute.funds_reinstated", shop.about(row, "amount", 5000));
            shop.tell("charge.dispute.funds_reinstated", shop.about(row, "amount", 5000));
            assertThat(shop.available()).isEqualTo(Money.usd("20"));
            assertThat(shop.row(row).owed()).isEqualTo(Money.ZERO);
            assertThat(shop.row(row).taken()).isEqualTo(Money.ZERO);
            shop.db.writer().<Boolean>write("x", tx -> shop.rooms.billing.release(tx, hold, Unpaid.abandoned()));
        }
    }

    @OnBothDatabases
    void a_refund_that_is_told_before_its_payment_waits_for_it(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("50");
            assertThatThrownBy(() -> shop.tell("charge.refunded", shop.about(row, "amount_refunded", 5000)))
                    .isInstanceOf(ProblemException.class);
            shop.tell("checkout.session.completed", shop.stripe.pay(row.session()));
            shop.tell("charge.refunded", shop.about(row, "amount_refunded", 5000));
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
        }
    }

    @OnBothDatabases
    void a_dispute_that_was_won_stays_won_when_its_beginning_is_told_again_or_late(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            assertThat(shop.tell("charge.dispute.funds_reinstated", shop.about(row, "amount", 5000), 10))
                    .as("told before what it ends")
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("charge.dispute.created", shop.about(row, "amount", 5000), 900))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("charge.dispute.funds_withdrawn", shop.about(row, "amount", 5000), 900))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("150"));
            assertThat(shop.tell("charge.dispute.created", shop.about(row, "amount", 1000), 1))
                    .as("another one")
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.available()).isEqualTo(Money.usd("140"));
            assertThat(shop.tell(
                            "charge.dispute.closed",
                            shop.about(row, "amount", 1000).put("status", "lost")))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("140"));
        }
    }

    @OnBothDatabases
    void an_inquiry_of_the_payers_bank_takes_nothing_until_it_is_a_dispute(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            ObjectNode inquiry = shop.about(row, "amount", 5000).put("status", "warning_needs_response");
            assertThat(shop.tell("charge.dispute.created", inquiry, 90)).isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("150"));
            assertThat(shop.tell(
                            "charge.dispute.funds_withdrawn",
                            shop.about(row, "amount", 5000).put("status", "needs_response"),
                            60))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
            assertThat(shop.tell(
                            "charge.dispute.closed",
                            shop.about(row, "amount", 5000).put("status", "won"),
                            30))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.available()).isEqualTo(Money.usd("150"));
        }
    }

    @OnBothDatabases
    void what_went_back_of_another_payment_takes_nothing_of_ours(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = paid(shop, "50");
            ObjectNode other = shop.about(row, "amount_refunded", 5000).put("payment_intent", "pi_of_another_sale");
            assertThat(shop.tell("charge.refunded", other)).isEqualTo(Outcome.NOTHING);
            ObjectNode euros = shop.about(row, "amount_refunded", 5000).put("currency", "eur");
            assertThat(shop.tell("charge.refunded", euros)).isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("150"));
        }
    }

    private static TopUp paid(Shop shop, String usd) {
        TopUp row = shop.opened(usd);
        shop.tell("checkout.session.completed", shop.stripe.pay(row.session()));
        return shop.row(row);
    }

    private static void spendAllBut(Shop shop, HoldId hold, String usd) {
        Money most = shop.available().minus(Money.usd(usd));
        shop.db.writer().write("x", tx -> {
            shop.rooms.wallet.hold(tx, shop.rooms.principal.spender(), hold, most, "tests@1");
            return true;
        });
    }
}
