package dev.millrace.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.billing.Unpaid;
import dev.millrace.db.Tx;
import dev.millrace.money.Money;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.HoldId;
import java.util.UUID;

/** What is done without being told: lost callbacks, receipts, saved cards, and wallets that fill themselves. */
class PaymentWorkTest {
    @OnBothDatabases
    void a_lost_callback_credits_once_all_the_same_and_the_receipt_is_kept(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            shop.stripe.pay(row.session());
            shop.payments.start();
            shop.until("it is credited", () -> shop.row(row).state() == TopUpState.PAID);
            shop.until("its receipt is kept", () -> shop.row(row).receiptUrl() != null);
            assertThat(shop.tell("checkout.session.completed", shop.stripe.object(row.session())))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("125"));
        }
    }

    @OnBothDatabases
    void a_crash_between_row_and_page_makes_one_page(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.begun("25", false);
            TopUp first = shop.payments.open(row);
            TopUp again = shop.payments.open(row);
            assertThat(again.session()).isEqualTo(first.session());
            assertThat(shop.stripe.forms).hasSize(1);
            TopUp lost = shop.begun("30", false);
            shop.payments.start();
            shop.until("the row knows its page", () -> shop.row(lost).session() != null);
            assertThat(shop.stripe.forms).hasSize(2);
        }
    }

    @OnBothDatabases
    void below_the_threshold_the_saved_card_fills_the_wallet_once(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            saveCard(shop);
            fillBelow(shop, "50", "40", "400");
            HoldId hold = spendDownTo(shop, "20");
            for (int i = 0; i < 50; i++) {
                settled(shop);
            }
            shop.until("it was filled", () -> shop.available().equals(Money.usd("60")));
            for (int i = 0; i < 50; i++) {
                settled(shop);
            }
            assertThat(shop.stripe.charges()).isEqualTo(1);
            assertThat(shop.available()).isEqualTo(Money.usd("60"));
            release(shop, hold);
        }
    }

    @OnBothDatabases
    void a_lost_answer_and_a_second_node_charge_the_card_once(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            saveCard(shop);
            shop.stripe.losesAnswers = true;
            fillBelow(shop, "50", "40", "400");
            HoldId hold = spendDownTo(shop, "20");
            shop.node(Shop.SECRET).start();
            settled(shop);
            shop.until(
                    "Stripe was asked twice",
                    () -> shop.stripe.requests.stream()
                                    .filter("POST /v1/payment_intents"::equals)
                                    .count()
                            >= 2);
            shop.stripe.losesAnswers = false;
            shop.until("it was filled", () -> shop.available().equals(Money.usd("60")));
            assertThat(shop.stripe.charges()).isEqualTo(1);
            release(shop, hold);
        }
    }

    @OnBothDatabases
    void payments_that_fail_stop_it_and_leave_a_line(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            saveCard(shop);
            shop.stripe.decline = "insufficient_funds";
            fillBelow(shop, "50", "40", "400");
            HoldId hold = spendDownTo(shop, "20");
            shop.until("it was stopped", () -> {
                settled(shop);
                return !rule(shop).enabled();
            });
            assertThat(rule(shop).stopped()).isEqualTo("insufficient_funds");
            assertThat(shop.trail("auto_topup.stopped")).isEqualTo(1);
            assertThat(shop.trail("topup.failed")).isEqualTo(2);
            assertThat(shop.available()).isEqualTo(Money.usd("20"));
            release(shop, hold);
        }
    }

    @OnBothDatabases
    void the_months_ceiling_is_never_passed(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            saveCard(shop);
            fillBelow(shop, "1000", "40", "100");
            shop.until("it was filled twice", () -> {
                settled(shop);
                return shop.available().equals(Money.usd("205"));
            });
            long lines = shop.trail("topup.begin");
            for (int i = 0; i < 5; i++) {
                settled(shop);
            }
            assertThat(filled(shop)).isFalse();
            assertThat(shop.stripe.charges()).isEqualTo(2);
            assertThat(shop.trail("topup.begin")).isEqualTo(lines);
        }
    }

    @OnBothDatabases
    void a_suspended_organizations_card_is_left_alone(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            saveCard(shop);
            shop.db
                    .writer()
                    .write(
                            "x",
                            tx -> tx.update(
                                    "insert into suspensions (subject, by_operator, reason, since) values (?, 1, 'unpaid', 0)",
                                    "organization:" + shop.organization));
            fillBelow(shop, "1000", "40", "100");
            assertThat(filled(shop)).isFalse();
            assertThat(shop.db
                            .database()
                            .<Integer>read(
                                    tx -> new AutoTopUpStore().below(tx, 10).size()))
                    .isZero();
            shop.db.writer().write("x", tx -> tx.update("delete from suspensions"));
            assertThat(shop.db
                            .database()
                            .<Integer>read(
                                    tx -> new AutoTopUpStore().below(tx, 10).size()))
                    .isEqualTo(1);
            assertThat(shop.stripe.charges()).isZero();
        }
    }

    private static boolean filled(Shop shop) {
        return shop.db
                .writer()
                .<Boolean>write(shop.organization.text(), tx -> automatic(shop).fill(tx, shop.organization));
    }

    private static AutoTopUpWork automatic(Shop shop) {
        return new AutoTopUpWork(shop.parts(), new TopUpStore(), new AutoTopUpStore());
    }

    private static AutoTopUp rule(Shop shop) {
        return shop.db
                .database()
                .read(tx -> shop.payments.automatic(tx, shop.organization))
                .orElseThrow();
    }

    /** Pays 25 USD once, by a card that is kept. */
    private static void saveCard(Shop shop) {
        TopUp row = shop.payments.open(shop.begun("25", true));
        assertThat(shop.stripe.forms.getFirst())
                .containsEntry("payment_intent_data[setup_future_usage]", "off_session")
                .containsEntry("customer_creation", "always");
        shop.tell("checkout.session.completed", shop.stripe.pay(row.session()));
        shop.payments.start();
        shop.until(
                "the card is kept",
                () -> shop.db
                        .database()
                        .read(tx -> shop.payments.automatic(tx, shop.organization))
                        .map(AutoTopUp::method)
                        .isPresent());
    }

    private static void fillBelow(Shop shop, String threshold, String amount, String ceiling) {
        shop.db
                .writer()
                .write(
                        shop.organization.text(),
                        tx -> shop.payments.fillAutomatically(
                                tx,
                                shop.organization,
                                true,
                                Money.usd(threshold),
                                Money.usd(amount),
                                Money.usd(ceiling),
                                Actor.system().about(shop.organization)));
    }

    private static HoldId spendDownTo(Shop shop, String usd) {
        HoldId hold = new HoldId("live:" + new UUID(9, 9));
        Money most = shop.available().minus(Money.usd(usd));
        shop.db.writer().write(shop.organization.text(), tx -> {
            shop.rooms.wallet.hold(tx, shop.rooms.principal.spender(), hold, most, "tests@1");
            return true;
        });
        return hold;
    }

    private static void settled(Shop shop) {
        shop.db.writer().write(shop.organization.text(), (Tx tx) -> {
            shop.trigger.settled(tx, shop.organization);
            return true;
        });
    }

    private static void release(Shop shop, HoldId hold) {
        shop.db.writer().<Boolean>write("x", tx -> shop.rooms.billing.release(tx, hold, Unpaid.abandoned()));
    }
}
