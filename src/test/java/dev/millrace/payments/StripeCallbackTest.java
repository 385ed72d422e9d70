package dev.millrace.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe tells, or somebody who would be Stripe: a payment is credited once, and nothing else is. */
class StripeCallbackTest {
    private static final String COMPLETED = "checkout.session.completed";

    @OnBothDatabases
    void a_payment_is_credited_once_however_often_it_is_told(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            assertThat(row.url()).startsWith("https://checkout.stripe.test/");
            ObjectNode paid = shop.stripe.pay(row.session());
            assertThat(shop.tell(COMPLETED, paid)).isEqualTo(Outcome.BOOKED);
            assertThat(shop.tell(COMPLETED, paid)).isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("checkout.session.async_payment_succeeded", paid))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("125"));
            assertThat(shop.row(row).state()).isEqualTo(TopUpState.PAID);
            assertThat(shop.trail("topup.paid")).isEqualTo(1);
        }
    }

    @OnBothDatabases
    void a_thousand_at_once_are_one_credit(TestDatabase db) throws Exception {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            ObjectNode paid = shop.stripe.pay(row.session());
            List<Future<Outcome>> all = new ArrayList<>();
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1000; i++) {
                    all.add(many.submit(() -> shop.tell(COMPLETED, paid)));
                }
            }
            assertThat(all.stream().map(StripeCallbackTest::got).filter(Outcome.BOOKED::equals))
                    .hasSize(1);
            assertThat(shop.available()).isEqualTo(Money.usd("125"));
        }
    }

    @OnBothDatabases
    void what_is_not_signed_by_stripe_now_over_these_bytes_is_refused(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            byte[] body = Shop.event(COMPLETED, shop.stripe.pay(row.session()));
            byte[] altered = new String(body, StandardCharsets.UTF_8)
                    .replace("2500", "9900")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] spaced = (new String(body, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
            String signature = shop.signature(body, Shop.SECRET, 0);
            refused(shop, body, "");
            refused(shop, body, "t=1,v1=" + "0".repeat(64));
            refused(shop, body, signature.replace("v1=", "v0="));
            refused(shop, body, shop.signature(body, "whsec_another", 0));
            refused(shop, body, shop.signature(body, Shop.SECRET, 301));
            refused(shop, altered, signature);
            refused(shop, spaced, signature);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
            assertThat(shop.payments.desk().take(body, shop.signature(body, Shop.SECRET, 299)))
                    .isEqualTo(Outcome.BOOKED);
        }
    }

    @OnBothDatabases
    void what_is_signed_counts_only_where_it_agrees_with_our_row(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            ObjectNode paid = shop.stripe.pay(row.session());
            problem(
                    ProblemCode.INVALID_REQUEST,
                    () -> shop.tell(COMPLETED, paid.deepCopy().put("amount_total", 9900)));
            problem(
                    ProblemCode.INVALID_REQUEST,
                    () -> shop.tell(COMPLETED, paid.deepCopy().put("currency", "jpy")));
            problem(
                    ProblemCode.INVALID_REQUEST,
                    () -> shop.tell(COMPLETED, paid.deepCopy().put("id", "cs_other")));
            problem(
                    ProblemCode.INVALID_REQUEST,
                    () -> shop.tell(COMPLETED, paid.deepCopy().put("livemode", true)));
            problem(
                    ProblemCode.NOT_FOUND,
                    () -> shop.tell(
                            COMPLETED,
                            paid.deepCopy()
                                    .put(
                                            "client_reference_id",
                                            shop.rooms.ids.uuid().toString())));
            assertThat(shop.tell(COMPLETED, paid.deepCopy().put("client_reference_id", "of another program")))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("invoice.finalized", paid)).isEqualTo(Outcome.NOTHING);
            ObjectNode elsewhere = Json.parse(Shop.event(COMPLETED, paid)) instanceof ObjectNode event
                    ? event.put("account", "acct_other")
                    : Json.object();
            byte[] body = Json.bytes(elsewhere);
            assertThat(shop.payments.desk().take(body, shop.signature(body, Shop.SECRET, 0)))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
        }
    }

    @OnBothDatabases
    void told_before_our_row_knows_its_session_it_waits_and_is_credited_after(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.begun("25", false);
            ObjectNode session = Json.object()
                    .put("id", "cs_test_1")
                    .put("status", "complete")
                    .put("payment_status", "paid")
                    .put("amount_total", 2500)
                    .put("currency", "usd")
                    .put("client_reference_id", row.id())
                    .put("livemode", false);
            problem(ProblemCode.UNAVAILABLE, () -> shop.tell(COMPLETED, session));
            TopUp opened = shop.payments.open(row);
            assertThat(shop.tell(COMPLETED, shop.stripe.pay(opened.session()))).isEqualTo(Outcome.BOOKED);
            assertThat(shop.available()).isEqualTo(Money.usd("125"));
        }
    }

    @OnBothDatabases
    void the_order_in_which_it_is_told_does_not_matter(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            ObjectNode open = shop.stripe.object(row.session()).deepCopy();
            ObjectNode unpaid = open.deepCopy().put("status", "complete");
            ObjectNode paid = shop.stripe.pay(row.session());
            assertThat(shop.tell(COMPLETED, unpaid)).isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("checkout.session.async_payment_failed", unpaid))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.row(row).state()).isEqualTo(TopUpState.FAILED);
            assertThat(shop.tell("checkout.session.async_payment_succeeded", paid))
                    .isEqualTo(Outcome.BOOKED);
            assertThat(shop.tell("checkout.session.async_payment_failed", unpaid))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.tell("checkout.session.expired", open.put("status", "expired")))
                    .isEqualTo(Outcome.NOTHING);
            assertThat(shop.row(row).state()).isEqualTo(TopUpState.PAID);
            assertThat(shop.available()).isEqualTo(Money.usd("125"));
        }
    }

    @OnBothDatabases
    void a_page_that_expired_credits_nothing(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            ObjectNode gone = shop.stripe.object(row.session()).deepCopy().put("status", "expired");
            assertThat(shop.tell("checkout.session.expired", gone)).isEqualTo(Outcome.BOOKED);
            assertThat(shop.row(row).state()).isEqualTo(TopUpState.EXPIRED);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
        }
    }

    @OnBothDatabases
    void complaint_30_a_forged_callback_or_one_under_an_empty_secret_settles_nothing(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp row = shop.opened("25");
            byte[] body = Shop.event(COMPLETED, shop.stripe.pay(row.session()));
            Callbacks unset = shop.node(null).desk();
            for (String secret : List.of(" ", "null", "whsec_", Shop.SECRET)) {
                problem(ProblemCode.NOT_FOUND, () -> unset.take(body, shop.signature(body, secret, 0)));
            }
            problem(ProblemCode.NOT_FOUND, () -> unset.take(body, ""));
            assertThatThrownBy(() -> shop.node("")).isInstanceOf(IllegalArgumentException.class);
            refused(shop, body, shop.signature(body, " ", 0));
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
        }
    }

    @OnBothDatabases
    void complaint_30_a_payment_of_one_kind_does_not_settle_a_row_of_another(TestDatabase db) {
        try (Shop shop = new Shop(db)) {
            TopUp page = shop.opened("25");
            ObjectNode intent = Json.object()
                    .put("id", "pi_of_somebody")
                    .put("status", "succeeded")
                    .put("amount", 2500)
                    .put("amount_received", 2500)
                    .put("currency", "usd")
                    .put("livemode", false);
            intent.putObject("metadata").put(Intent.REFERENCE, page.id());
            assertThat(shop.tell("payment_intent.succeeded", intent)).isEqualTo(Outcome.NOTHING);
            assertThat(shop.row(page).state()).isEqualTo(TopUpState.PENDING);
            assertThat(shop.available()).isEqualTo(Money.usd("100"));
        }
    }

    private static Outcome got(Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Shop shop, byte[] body, String signature) {
        problem(ProblemCode.INVALID_REQUEST, () -> shop.payments.desk().take(body, signature));
    }

    private static void problem(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo(code));
    }
}
