package dev.millrace.payments;

import dev.millrace.billing.Billing;
import dev.millrace.db.Tx;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Funding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Books what Stripe says of a payment, in the caller's transaction. What it says counts only where it agrees with the row that we made
 * before Stripe knew of it: by Stripe's own id, the amount, the currency and the mode. Saying it again changes nothing.
 */
final class Bookings {
    /** The due work of a payment: to ask Stripe about it, and to fetch its receipt. */
    static final String KIND = "payment";

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TopUpStore topUps;
    private final AutoTopUpStore automatic;
    private final Billing billing;
    private final DueWork dueWork;
    private final Trail trail;
    private final PaymentSettings settings;

    Bookings(
            TopUpStore topUps,
            AutoTopUpStore automatic,
            Billing billing,
            DueWork dueWork,
            Trail trail,
            PaymentSettings settings) {
        this.topUps = topUps;
        this.automatic = automatic;
        this.billing = billing;
        this.dueWork = dueWork;
        this.trail = trail;
        this.settings = settings;
    }

    /**
     * What a Checkout Session says.
     *
     * @param failed whether its delayed payment did not come about
     * @throws ProblemException when it does not agree with our row, or our row does not know it yet
     */
    Outcome checkout(Tx tx, Checkout said, boolean failed) {
        Optional<TopUp> found = row(tx, said.reference());
        if (found.isEmpty()) {
            return Outcome.NOTHING;
        }
        TopUp row = found.get();
        must(row.kind() == TopUpKind.CHECKOUT, "kind");
        known(row.session(), said.id(), "session");
        agree(row, said.cents(), said.currency(), said.live());
        if (said.paid()) {
            return paid(tx, row, said.intent());
        }
        if (said.status().equals("expired")) {
            return ended(tx, row, TopUpState.EXPIRED, "expired");
        }
        return failed ? ended(tx, row, TopUpState.FAILED, "async_payment_failed") : Outcome.NOTHING;
    }

    /**
     * What a payment from a saved card says; one that belongs to a Checkout Session is booked by that.
     *
     * @throws ProblemException as {@link #checkout}
     */
    Outcome intent(Tx tx, Intent said) {
        Optional<TopUp> found = row(tx, said.reference());
        if (found.isEmpty() || found.get().kind() == TopUpKind.CHECKOUT) {
            return Outcome.NOTHING;
        }
        TopUp row = found.get();
        known(row.intent(), said.id(), "payment_intent");
        agree(row, said.cents(), said.currency(), said.live());
        if (said.paid()) {
            must(said.received() == said.cents(), "amount_received");
            return paid(tx, row, said.id());
        }
        String why = said.failure().isEmpty() ? said.status() : said.failure();
        return said.failed() ? ended(tx, row, TopUpState.FAILED, why) : Outcome.NOTHING;
    }

    /** Ends a payment that did not come about, as we know without being told. */
    Outcome ended(Tx tx, TopUp row, TopUpState state, String why) {
        if (!topUps.end(tx, row.id(), state, why)) {
            return Outcome.NOTHING;
        }
        trail.write(tx, actor(row), "topup." + state.code(), subject(row), Map.of("reason", why));
        if (row.kind() == TopUpKind.AUTOMATIC
                && automatic.failed(tx, row.organization()) >= settings.automaticFailures()) {
            automatic.stop(tx, row.organization(), why);
            trail.write(
                    tx, actor(row), "auto_topup.stopped", "organization:" + row.organization(), Map.of("reason", why));
        }
        return Outcome.BOOKED;
    }

    private Outcome paid(Tx tx, TopUp row, String intent) {
        if (row.intent() != null && !intent.isEmpty()) {
            must(row.intent().equals(intent), "payment_intent");
        }
        if (!topUps.paid(tx, row.id(), intent)) {
            return Outcome.NOTHING;
        }
        String payment = intent.isEmpty() ? String.valueOf(row.session()) : intent;
        if (!billing.topUp(tx, row.organization(), "stripe:" + payment, row.amount(), Funding.CASH_IN)) {
            throw new IllegalStateException("bug: a payment was credited and its row did not know");
        }
        if (row.kind() == TopUpKind.AUTOMATIC) {
            automatic.succeeded(tx, row.organization());
        }
        trail.write(
                tx,
                actor(row),
                "topup.paid",
                subject(row),
                Map.of("amount_usd", row.amount().toUsd(), "kind", row.kind().code()));
        hurry(tx, row);
        return Outcome.BOOKED;
    }

    /** Brings the payment's due work forward, for its receipt; where it is being done, it sees that it was paid. */
    private void hurry(Tx tx, TopUp row) {
        if (dueWork.removeUnclaimed(tx, KIND, row.id())) {
            dueWork.add(tx, KIND, row.id(), row.organization().text(), tx.now());
        }
    }

    private Optional<TopUp> row(Tx tx, String reference) {
        if (!reference.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return Optional.empty(); // a payment of something else that shares the account
        }
        return Optional.of(topUps.find(tx, reference)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such payment.")));
    }

    /** What is signed may still be about something that we did not make: only the id that Stripe gave us counts. */
    private static void known(@org.jspecify.annotations.Nullable String ours, String theirs, String what) {
        if (ours == null) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "The payment is being made; send this again.")
                    .withRetryAfter(SOON)
                    .toException();
        }
        must(ours.equals(theirs), what);
    }

    private static void agree(TopUp row, long cents, String currency, boolean live) {
        must(cents == Cents.of(row.amount()), "amount");
        must(currency.equals(Cents.CURRENCY), "currency");
        must(live == row.live(), "livemode");
    }

    private static void must(boolean agrees, String what) {
        if (!agrees) {
            throw Problem.of(ProblemCode.INVALID_REQUEST, "This is not what the payment was made for: " + what + ".")
                    .withFacts(Map.of("reason", what))
                    .toException();
        }
    }

    static Actor actor(TopUp row) {
        return Actor.system().about(row.organization());
    }

    static String subject(TopUp row) {
        return "topup:" + row.id();
    }
}
