package dev.millrace.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.money.Money;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Funding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Invoices where something turns: invoicing off and on again, debts without use, refunds behind a payment, clocks that change. */
class InvoiceTurnsTest {
    private static void invoicing(Bureau bureau, boolean on) {
        bureau.db.letTimePass(Duration.ofMillis(5));
        ProfileWish wish = new ProfileWish(on, null, null, null, null, null, null, null);
        bureau.db.writer().write("x", tx -> bureau.invoices.set(tx, bureau.organization, wish, Bureau.OPERATOR));
        bureau.db.letTimePass(Duration.ofMillis(5));
    }

    @OnBothDatabases
    void what_stands_on_an_open_invoice_is_not_brought_forward_when_invoicing_is_switched_on_again(TestDatabase db) {
        Bureau bureau = new Bureau(db);
        bureau.used(10_000_000);
        Invoice first = bureau.close().orElseThrow();
        bureau.pay(first, "part", "5.95");
        invoicing(bureau, false);
        invoicing(bureau, true);
        bureau.used(5_000_000);
        Invoice second = bureau.close().orElseThrow();
        assertThat(second.net()).isEqualTo(Money.usd("5"));
        bureau.pay(first, "rest", "5.95");
        bureau.pay(second, "all", second.total().toUsd());
        assertThat(bureau.owed()).isEqualTo(Money.ZERO);
        assertThat(bureau.close()).isEmpty();
        bureau.end();
    }

    @OnBothDatabases
    void what_stood_on_a_void_invoice_comes_once_when_invoicing_was_off_meanwhile(TestDatabase db) {
        Bureau bureau = new Bureau(db);
        bureau.db.writer().write("x", tx -> {
            Instant later = tx.now().plus(Duration.ofDays(90));
            return bureau.rooms.wallet.grant(tx, bureau.organization, "gift", Money.usd("3"), later);
        });
        bureau.used(10_000_000);
        Invoice wrong = bureau.close().orElseThrow();
        assertThat(wrong.net()).isEqualTo(Money.usd("7"));
        bureau.takeBack(wrong);
        invoicing(bureau, false);
        bureau.used(2_000_000);
        invoicing(bureau, true);
        bureau.used(5_000_000);
        Invoice right = bureau.close().orElseThrow();
        assertThat(right.net())
                .as("the seven, what was charged while it was off, and the five")
                .isEqualTo(Money.usd("14"));
        bureau.pay(right, "all", right.total().toUsd());
        assertThat(bureau.owed()).isEqualTo(Money.ZERO);
        bureau.end();
    }

    @OnBothDatabases
    void what_is_owed_is_invoiced_where_nothing_was_used_since(TestDatabase db) {
        Bureau bureau = new Bureau(db);
        bureau.db.writer().write("x", tx -> {
            bureau.rooms.billing.topUp(tx, bureau.organization, "card", Money.usd("5"), Funding.CASH_IN);
            return true;
        });
        bureau.used(5_000_000);
        assertThat(bureau.close().orElseThrow().status()).isEqualTo(InvoiceStatus.PAID);
        bureau.db.writer().write("x", tx -> {
            bureau.rooms.billing.takeBack(tx, bureau.organization, "disputed", Money.usd("5"), Funding.CASH_IN);
            return true;
        });
        Invoice second = bureau.close().orElseThrow();
        assertThat(bureau.full(second.number()).lines()).isEmpty();
        assertThat(second.applied()).isEqualTo(Money.usd("-5"));
        assertThat(second.net()).isEqualTo(Money.usd("5"));
        assertThat(bureau.invoices.pdf(bureau.full(second.number()))).isNotEmpty();
        bureau.pay(second, "wire", second.total().toUsd());
        assertThat(bureau.owed()).isEqualTo(Money.ZERO);
        assertThat(bureau.close()).isEmpty();
        bureau.end();
    }

    @OnBothDatabases
    void less_than_a_cent_is_no_invoice_of_its_own(TestDatabase db) {
        Bureau bureau = new Bureau(db);
        bureau.used(1_004_000);
        Invoice first = bureau.close().orElseThrow();
        assertThat(first.rounding()).isEqualTo(Money.usd("-0.004"));
        assertThat(bureau.close()).isEmpty();
        bureau.used(1_000);
        Invoice second = bureau.close().orElseThrow();
        assertThat(second.applied()).as("what was rounded away").isEqualTo(Money.usd("-0.004"));
        assertThat(second.net()).isEqualTo(Money.usd("0.01"));
        bureau.end();
    }

    @OnBothDatabases
    void a_refund_behind_a_paid_invoice_stays_in_the_wallet_and_reduces_what_comes(TestDatabase db) {
        Bureau bureau = new Bureau(db);
        var hold = bureau.used(bureau.organization, bureau.key, 10_000_000);
        Invoice first = bureau.close().orElseThrow();
        bureau.pay(first, "wire", first.total().toUsd());
        bureau.db.writer().<Boolean>write("x", tx -> bureau.rooms.billing.refund(tx, hold, 1, Money.usd("10")));
        assertThat(bureau.close()).as("nothing was used").isEmpty();
        bureau.used(4_000_000);
        Invoice second = bureau.close().orElseThrow();
        assertThat(second.applied()).isEqualTo(Money.usd("4"));
        assertThat(second.tax()).as("tax on what is paid now, and not twice").isEqualTo(Money.ZERO);
        bureau.used(8_000_000);
        Invoice third = bureau.close().orElseThrow();
        assertThat(third.applied()).isEqualTo(Money.usd("6"));
        assertThat(third.net()).isEqualTo(Money.usd("2"));
        assertThat(bureau.full(first.number()).invoice().total()).isEqualTo(first.total());
        bureau.end();
    }

    @Test
    void it_is_due_a_number_of_days_later_by_the_calendar_that_it_shows() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Bureau bureau = new Bureau(db);
            bureau.zone = ZoneId.of("Europe/Berlin");
            db.clock().set(Instant.parse("2030-10-20T22:30:00Z"));
            bureau.used(5_000_000);
            Invoice invoice = bureau.close().orElseThrow();
            assertThat(invoice.dueAt().atZone(bureau.zone).toLocalDateTime().toString())
                    .as("clocks go back on the 27th")
                    .startsWith("2030-11-20T00:30");
            bureau.end();
        }
    }
}
